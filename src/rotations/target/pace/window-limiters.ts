/**
 * All limiters that count calls in windows of one length: by a clock, at any of many phases; from the first call on; and
 * the sliding window. How many calls each allows is read off the refusals: as many as were in its window. One that once
 * let more of them through is not the target's.
 */
import type { Candidate, Observation } from './candidate.ts'

const phases = 200
const fromFirstCall = phases
const sliding = phases + 1
const kinds = phases + 2
const weightOf = (kind: number) => (kind < phases ? 0.5 / phases : 0.25)

/** Whole seconds are up to one too long. */
const roundedMs = 1200
/** Calls that are remembered. */
const remembered = 2 ** 14

/** What refusals teach, and may have to be undone: how many calls were in a window then, as it seemed and at most. */
interface Learned {
  calls: Float64Array
  atMost: Float64Array
}

export class WindowLimiters {
  readonly #ms: number
  readonly #begins = new Float64Array(phases + 1).fill(Number.NEGATIVE_INFINITY)
  /** Calls let through in the window: as it seems, surely, and perhaps; and perhaps in the window before. */
  readonly #count = new Float64Array(phases + 1)
  readonly #sure = new Float64Array(phases + 1)
  readonly #perhaps = new Float64Array(phases + 1)
  readonly #before = new Float64Array(phases + 1)
  /** The most that were surely let through in one window. */
  readonly #most = new Float64Array(kinds)
  #learned = nothingLearned()
  /** When calls were let through, how many were, and how many of those are older than the sliding window. */
  readonly #times = new Float64Array(remembered)
  #through = 0
  #older = 0

  constructor(ms: number) {
    this.#ms = ms
  }

  observe(observation: Observation): void {
    for (let kind = 0; kind <= phases; kind += 1) this.#observeInWindow(kind, observation)
    this.#observeSliding(observation)
    if (observation.refused) return
    this.#times[this.#through % remembered] = observation.at
    this.#through += 1
  }

  #observeInWindow(kind: number, { at, refused, waitMs, unsureMs }: Observation): void {
    const edge = 2 * unsureMs
    const clocked = kind !== fromFirstCall
    const ends = this.#begins[kind]! + this.#ms
    // A refused call opens no window of its own, so it may be the last one's that came late.
    if (at >= (refused && !clocked ? ends + edge : ends)) this.#turn(kind, at, edge)

    const begins = this.#begins[kind]!
    const early = clocked && at < begins + edge
    if (!refused) {
      this.#count[kind]! += 1
      this.#perhaps[kind]! += 1
      if (early) return
      this.#sure[kind]! += 1
      this.#most[kind] = Math.max(this.#most[kind]!, this.#sure[kind]!)
      return
    }
    const perhaps = early ? Math.max(this.#perhaps[kind]!, this.#before[kind]!) : this.#perhaps[kind]!
    this.#learn(kind, early ? perhaps : this.#count[kind]!, perhaps)
    // A long Retry-After says when the window ends.
    const said = at + waitMs - (begins + this.#ms)
    if (waitMs > roundedMs && Math.abs(said) > roundedMs) this.#learned.atMost[kind] = 0
  }

  #turn(kind: number, at: number, edge: number): void {
    const clocked = kind !== fromFirstCall
    const phase = (kind * this.#ms) / phases
    const begins = clocked ? Math.floor((at - phase) / this.#ms) * this.#ms + phase : at
    const last = this.#through === 0 ? Number.NEGATIVE_INFINITY : this.#times[(this.#through - 1) % remembered]!
    this.#begins[kind] = begins
    this.#before[kind] = this.#perhaps[kind]!
    this.#perhaps[kind] = clocked && last > begins - edge ? 1 : 0
    this.#count[kind] = 0
    this.#sure[kind] = 0
  }

  #observeSliding({ at, refused, waitMs, unsureMs }: Observation): void {
    const since = at - this.#ms
    const oldest = Math.max(0, this.#through - remembered)
    this.#older = Math.max(this.#older, oldest)
    while (this.#older < this.#through && this.#times[this.#older % remembered]! <= since) this.#older += 1
    const count = this.#through - this.#older
    if (!refused) {
      let sure = count + 1
      for (let call = this.#older; call < this.#through; call += 1) {
        if (this.#times[call % remembered]! > since + 2 * unsureMs) break
        sure -= 1
      }
      this.#most[sliding] = Math.max(this.#most[sliding]!, sure)
      return
    }
    let perhaps = count
    for (let call = this.#older - 1; call >= oldest; call -= 1) {
      if (this.#times[call % remembered]! <= since - 2 * unsureMs) break
      perhaps += 1
    }
    this.#learn(sliding, count, perhaps)
    if (waitMs > this.#ms + roundedMs) this.#learned.atMost[sliding] = 0
  }

  #learn(kind: number, calls: number, atMost: number): void {
    const learned = this.#learned
    learned.calls[kind] = Math.min(learned.calls[kind]!, calls)
    learned.atMost[kind] = Math.min(learned.atMost[kind]!, atMost)
  }

  /** Those that explain all that was observed, and a refusal at least. */
  candidates(): Candidate[] {
    const found: Candidate[] = []
    for (let kind = 0; kind < kinds; kind += 1) {
      const atMost = this.#learned.atMost[kind]!
      if (atMost < 1 || atMost >= remembered || this.#most[kind]! > atMost) continue
      const calls = Math.min(atMost, Math.max(1, this.#most[kind]!, this.#learned.calls[kind]!))
      found.push({ pace: calls / this.#ms, weight: weightOf(kind), window: { calls, ms: this.#ms }, saved: 1 })
    }
    return found
  }

  /** Gives what undoes all that refusals teach from now on. */
  snapshot(): () => void {
    const learned = { calls: this.#learned.calls.slice(), atMost: this.#learned.atMost.slice() }
    return () => {
      this.#learned = learned
    }
  }

  forget(): void {
    this.#most.fill(0)
    this.#learned = nothingLearned()
  }
}

function nothingLearned(): Learned {
  const none = () => new Float64Array(kinds).fill(Number.POSITIVE_INFINITY)
  return { calls: none(), atMost: none() }
}
