/**
 * One budget of calls for all workers: finds what the target's rate limiter allows, and keeps to it.
 *
 * Nobody publishes the limit, so it is learnt from the target's answers: 429 with Retry-After, and, where it has them,
 * the headers that count what is left of a window.
 *
 *   At first       calls go as fast as a refusal would be back, so that the first one comes alone.
 *   At each 429    nobody calls until Retry-After is over, in full; then one call goes alone, and the others when it is
 *                  answered (gate.ts). Where that was in vain again and again, waits become longer (fruitless.ts). All the limiters that the target could have (pace/limiters.ts) observe every
 *                  call, and those that would have answered otherwise are struck out (learner.ts).
 *   In between     the pace that promises most by those that are left (pace/choose-pace.ts, schedule.ts).
 *   Nothing new    a 429 that teaches nothing came of a call that arrived early or late: leave more room.
 *   A bad moment   a 429 that nothing explains, after the pace was kept for a while, does not count the first time. The
 *                  second time, the target has changed: forget all and learn anew.
 *   Much later     look whether the target has become faster. That costs a Retry-After, so it is done seldom.
 */
import { type CallKind, Fruitless } from './fruitless.ts'
import { Gate } from './gate.ts'
import { type CallOutcome, Learner } from './learner.ts'
import { type Restraint, usualRestraint } from './restraint.ts'
import { Schedule } from './schedule.ts'

export interface CallReport {
  /** When the call began and ended, in milliseconds since 1970. */
  startedAt: number
  endedAt: number
  /** `locked`: whatever limits its pace let the call through, but the target asks to wait all the same (423). */
  outcome: CallOutcome | 'locked'
  kind?: CallKind
  /** What Retry-After asked for, where the target asked to wait. */
  waitMs: number
  /** `Retry-After` as it came; null where there was none. */
  header?: string | null
  /** How many more calls the target's own headers allow, and for how long that holds. */
  left: { calls: number; forMs: number } | null
}

export class Governor {
  readonly #gate = new Gate()
  readonly #schedule: Schedule
  readonly #learner: Learner
  readonly #fruitless = new Fruitless()
  #header: string | null = null

  constructor(restraint: Pick<Restraint, 'share' | 'callsPerSecond'> = usualRestraint) {
    this.#schedule = new Schedule(restraint)
    this.#learner = new Learner(this.#schedule)
  }

  /** When the next call may begin, as far as is known now. Infinite until the call that is under way is answered. */
  earliest(now: number): number {
    const open = this.#learner.isProbing ? Number.POSITIVE_INFINITY : this.#gate.earliest(now)
    return open === Number.POSITIVE_INFINITY ? open : this.#schedule.earliest(open)
  }

  /** Until when the target asked us to wait, or 0. */
  get closedUntil(): number {
    return this.#gate.closedUntil
  }

  /** How the target put it when it last asked us to wait: `Retry-After` as it came. */
  get retryAfter(): string | null {
    return this.#header
  }

  /** How often in a row the target asked to wait without letting a call through. */
  get fruitlessWaits(): number {
    return this.#fruitless.inARow
  }

  /** Calls a second, or null while no limit was met. */
  get callsPerSecond(): number | null {
    const { pace } = this.#schedule
    return pace === null ? null : pace * 1000
  }

  /** Those who come later begin anew. */
  forgetFruitlessWaits(): void {
    this.#fruitless.forget()
  }

  begin(now: number): void {
    this.#learner.begin(now)
    this.#schedule.begin(now)
    this.#gate.begin()
  }

  end({ startedAt, endedAt, outcome, kind = 'read', waitMs, header = null, left }: CallReport): void {
    this.#gate.end()
    this.#learner.end(startedAt, outcome === 'locked' ? 'through' : outcome, waitMs)
    if (outcome === 'refused' || outcome === 'locked') {
      this.#header = header
      const leastMs = this.#fruitless.add(kind, startedAt, endedAt)
      if (outcome === 'refused') this.#learner.learnFromRefusal(startedAt, endedAt, waitMs)
      this.#gate.close(endedAt, Math.max(waitMs, leastMs), !this.#learner.opensForAll)
    }
    if (outcome === 'refused') {
      this.#schedule.endRefused()
      return
    }
    if (outcome === 'through') {
      this.#fruitless.letThrough(kind)
      this.#gate.open()
      this.#schedule.endThrough(endedAt - startedAt)
    }
    if (left !== null && left.calls <= this.#gate.underWay) this.#gate.close(endedAt, left.forMs)
    this.#learner.learnFromAnswer(endedAt)
  }
}
