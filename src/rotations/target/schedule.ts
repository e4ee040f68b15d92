/** When the next call is due, by the pace that was chosen. Times are milliseconds since 1970. */
import type { Chosen } from './pace/choose-pace.ts'

/** A target that says 429 says so at least this quickly, before it has done anything; and most of them this quickly. */
const quickRefusalMs = 40
const quickerRefusalMs = 15
/** How much slower to go than the pace that is known, and the most that this becomes. */
const slack = { min: 0.002, max: 0.1 }
/** Starts of calls that are remembered, for windows. */
const remembered = 2 ** 14

export class Schedule {
  #plan: (Chosen & { gap: number }) | null = null
  #slack = slack.min
  readonly #starts = new Float64Array(remembered)
  #begun = 0
  #lastAt = Number.NEGATIVE_INFINITY
  /** When the next call is due, were none saved. */
  #due = 0
  /** The quickest answer so far. */
  #minTripMs = Number.POSITIVE_INFINITY
  /** How long it takes until a 429 is back; null before the first. */
  #refusalTripMs: number | null = null

  /** The pace that is kept, in calls per millisecond; null while no limit was met. */
  get pace(): number | null {
    return this.#plan?.pace ?? null
  }

  get refusalTripMs(): number | null {
    return this.#refusalTripMs
  }

  get lastAt(): number {
    return this.#lastAt
  }

  /** When the next call may begin, and not before `open`. */
  earliest(open: number): number {
    const soonest = Math.max(open, this.#lastAt + this.#minGap())
    if (this.#plan === null) return soonest
    const { window, even, saved, gap } = this.#plan
    const due = even ? Math.max(soonest, this.#due - (saved - 1) * gap) : soonest
    if (window === null || this.#begun < window.calls) return due
    const before = this.#starts[(this.#begun - window.calls) % remembered]!
    return Math.max(due, before + window.ms * (1 + (even ? this.#slack : slack.min)))
  }

  begin(now: number): void {
    const { gap, madeUpMs } = this.#plan ?? { gap: 0, madeUpMs: 0 }
    this.#due = Math.max(this.#due, now - madeUpMs) + gap
    this.#starts[this.#begun % remembered] = now
    this.#begun += 1
    this.#lastAt = now
  }

  /** A call that was let through took that long. */
  endThrough(tripMs: number): void {
    this.#minTripMs = Math.min(this.#minTripMs, Math.max(0.2, tripMs))
  }

  /** A call that was refused counts towards no window. */
  endRefused(): void {
    this.#begun -= 1
  }

  /** It took that long until a refusal was back. */
  learnRefusalTrip(tripMs: number): void {
    this.#refusalTripMs = Math.max(0.9 * (this.#refusalTripMs ?? 0), 1.1 * tripMs + 1)
  }

  /** Leaves more room from the next pace on. */
  addSlack(): void {
    this.#slack = Math.min(slack.max, 2 * this.#slack)
  }

  /** @param dueAt when the next call is due at such a gap, where calls may be saved. */
  follow(chosen: Chosen, dueAt: (gap: number) => number): void {
    const gap = (1 + this.#slack) / chosen.pace
    this.#plan = { ...chosen, gap }
    this.#due = chosen.saved === 1 ? this.#lastAt + gap : dueAt(gap)
  }

  /** Close calls could be refused together, before the first refusal is back. */
  #minGap(): number {
    if (this.#plan !== null) return Math.min(this.#refusalTripMs!, 0.9 * this.#plan.gap)
    const trip = this.#minTripMs
    return Math.max(
      Math.min(trip, quickRefusalMs) / (1 + this.#begun / 25),
      Math.min(trip, quickerRefusalMs) / (1 + this.#begun / 500),
    )
  }
}
