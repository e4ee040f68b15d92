/** When the next call is due, by the pace that was chosen. Times are milliseconds since 1970. */
import type { Chosen } from './pace/choose-pace.ts'
import type { Restraint } from './restraint.ts'

/** A target that says 429 says so at least this quickly, before it has done anything; and most of them this quickly. */
const quickRefusalMs = 40
const quickerRefusalMs = 15
/** How much slower to go than the pace that is known, and the most that this becomes. */
const slack = { min: 0.002, max: 0.1 }
/** Starts of calls that are remembered, for windows. */
const remembered = 2 ** 14

export class Schedule {
  #plan: (Chosen & { gap: number }) | null = null
  #isFree = false
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

  readonly #share: number
  /** Calls are at least this far apart, whatever the target allows. */
  readonly #leastGap: number

  constructor({ share, callsPerSecond }: Pick<Restraint, 'share' | 'callsPerSecond'>) {
    this.#share = share
    this.#leastGap = callsPerSecond === null ? 0 : 1000 / callsPerSecond
  }

  /** Whether calls may go as fast as the target allows. */
  get isUnrestrained(): boolean {
    return this.#share === 1 && this.#leastGap === 0
  }

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
    return Math.max(this.#dueFrom(open), this.#lastAt + this.#leastGap)
  }

  #dueFrom(open: number): number {
    // A millisecond apart, so that they can be told apart.
    if (this.#isFree) return Math.max(open, this.#lastAt + 1)
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

  /** No pace matters any more. */
  free(): void {
    this.#plan = null
    this.#isFree = true
  }

  /**
   * @param isSure whether the pace has proved right, so that a share of it can be told
   * @param dueAt when the next call is due at such a gap, where calls may be saved. */
  follow(chosen: Chosen, isSure: boolean, dueAt: (gap: number) => number): void {
    this.#isFree = false
    const share = isSure ? this.#share : 1
    const gap = (1 + this.#slack) / (share * chosen.pace)
    // What a target saves up is not shared.
    const saved = share < 1 ? 1 : chosen.saved
    this.#plan = { ...chosen, saved, window: chosen.window && shareOf(chosen.window, share), gap }
    this.#due = saved === 1 ? this.#lastAt + gap : dueAt(gap)
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

/** As many whole calls as the share is about, in as long a time as makes it exact. */
function shareOf({ calls, ms }: { calls: number; ms: number }, share: number): { calls: number; ms: number } {
  const fewer = Math.max(1, Math.round(share * calls))
  return { calls: fewer, ms: (ms * fewer) / (share * calls) }
}
