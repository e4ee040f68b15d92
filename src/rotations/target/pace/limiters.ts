/**
 * What the target's limiter could be. Every candidate plays along with the calls that the target answers, and those that
 * would have answered otherwise are struck out.
 */
import { BucketLimiters } from './bucket-limiters.ts'
import type { Candidate, Observation } from './candidate.ts'
import { WindowLimiters } from './window-limiters.ts'

const windowsMs = [1_000, 10_000, 60_000]

export class Limiters {
  readonly #buckets = new BucketLimiters()
  readonly #windows = windowsMs.map(ms => new WindowLimiters(ms))

  observe(observation: Observation): void {
    this.#buckets.observe(observation)
    for (const windows of this.#windows) windows.observe(observation)
  }

  /** Those that explain all that was observed, the fastest first. A bucket is as likely as a window to begin with. */
  candidates(): Candidate[] {
    const windows = this.#windows.flatMap(each => each.candidates())
    for (const candidate of windows) candidate.weight /= windowsMs.length
    return [...this.#buckets.candidates(), ...windows].sort((a, b) => b.pace - a.pace)
  }

  /** How many calls are in the bucket of this pace. */
  levelAt(pace: number, now: number): number {
    return this.#buckets.levelAt(pace, now)
  }

  /** Gives what undoes all that refusals teach from now on. */
  snapshot(): () => void {
    const all = [this.#buckets, ...this.#windows].map(each => each.snapshot())
    return () => {
      for (const restore of all) restore()
    }
  }

  forget(): void {
    for (const each of [this.#buckets, ...this.#windows]) each.forget()
  }
}

export function weightOf(candidates: Candidate[]): number {
  return candidates.reduce((sum, { weight }) => sum + weight, 0)
}
