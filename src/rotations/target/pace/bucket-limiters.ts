/**
 * All token buckets that the target could have, one for each pace on a fine scale, each filled by the calls as the
 * target's own would be. Their size need not be known: the right one was fuller at every refusal than it ever was at a
 * call that was let through. A pace of which that is not true is not the target's.
 */
import type { Candidate, Observation } from './candidate.ts'

/** Calls per millisecond: from three a minute to 500 a second, each 0.6% faster than the one before. */
const slowest = 0.05 / 1000
const step = 1.006
const halfStep = 0.003
const paces = Float64Array.from({ length: 1540 }, (_, index) => slowest * step ** index)

/** What is left of a candidate's likelihood when it explains a refusal only by a call that came early or late. */
const strained = 0.2

/** Nobody saves calls for longer than this. */
const maxSavedMs = 70_000

/** What refusals teach, and may have to be undone. */
interface Learned {
  /** The emptiest that each was at a refusal: at most, and as it seemed. */
  refused: Float64Array
  seemedRefused: Float64Array
  likelihood: Float64Array
}

export class BucketLimiters {
  /** How many calls are in each bucket, by the last call; and when it was last empty. */
  readonly #level = new Float64Array(paces.length)
  readonly #emptyAt = new Float64Array(paces.length)
  #at = Number.NEGATIVE_INFINITY
  /** The fullest that each was at a call that was let through: at least, and as it seemed. */
  readonly #through = new Float64Array(paces.length)
  readonly #seemedThrough = new Float64Array(paces.length)
  #learned = nothingLearned()

  observe({ at, refused, unsureMs }: Observation): void {
    const { refused: emptiest, seemedRefused, likelihood } = this.#learned
    const passed = Math.max(0, at - this.#at)
    this.#at = Math.max(this.#at, at)
    for (let index = 0; index < paces.length; index += 1) {
      const pace = paces[index]!
      const left = this.#level[index]! - passed * pace
      const level = left > 0 ? left : 0
      if (left <= 0) this.#emptyAt[index] = at
      // The true pace is up to half a step away, which adds up until the bucket is empty.
      const unsure = (unsureMs + (at - this.#emptyAt[index]!) * halfStep) * pace
      if (refused) {
        emptiest[index] = Math.min(emptiest[index]!, Math.max(0, left + unsure) + 1)
        seemedRefused[index] = Math.min(seemedRefused[index]!, level + 1)
        if (level + 1 <= this.#seemedThrough[index]!) likelihood[index]! *= strained
        this.#level[index] = level
      } else {
        this.#through[index] = Math.max(this.#through[index]!, Math.max(0, left - unsure) + 1)
        this.#seemedThrough[index] = Math.max(this.#seemedThrough[index]!, level + 1)
        this.#level[index] = level + 1
      }
    }
  }

  /** Those that explain all that was observed. */
  candidates(): Candidate[] {
    const { refused, seemedRefused, likelihood } = this.#learned
    const found: Candidate[] = []
    for (let index = 0; index < paces.length; index += 1) {
      const pace = paces[index]!
      const most = this.#through[index]!
      if (most >= refused[index]! || most > maxSavedMs * pace + 1) continue
      const saved = Math.max(1, Math.min(most, seemedRefused[index]! - 1))
      found.push({ pace, weight: likelihood[index]! / paces.length, window: null, saved })
    }
    return found
  }

  /** How many calls are in the bucket of this pace. */
  levelAt(pace: number, now: number): number {
    const nearest = Math.round(Math.log(pace / slowest) / Math.log(step))
    const level = this.#level[Math.min(Math.max(nearest, 0), paces.length - 1)]!
    return Math.max(0, level - Math.max(0, now - this.#at) * pace)
  }

  /** Gives what undoes all that refusals teach from now on. */
  snapshot(): () => void {
    const { refused, seemedRefused, likelihood } = this.#learned
    const learned = {
      refused: refused.slice(),
      seemedRefused: seemedRefused.slice(),
      likelihood: likelihood.slice(),
    }
    return () => {
      this.#learned = learned
    }
  }

  forget(): void {
    this.#through.fill(0)
    this.#seemedThrough.fill(0)
    this.#learned = nothingLearned()
  }
}

function nothingLearned(): Learned {
  const none = () => new Float64Array(paces.length).fill(Number.POSITIVE_INFINITY)
  return { refused: none(), seemedRefused: none(), likelihood: new Float64Array(paces.length).fill(1) }
}
