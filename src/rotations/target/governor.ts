/**
 * One budget of calls for all workers: finds what the target's limiter allows, and keeps to it.
 *
 * Nobody publishes the limit, so it is learnt from what the target says: 429 with Retry-After, and, where it has them,
 * the headers that count what is left of a window.
 *
 *   At first       calls go as fast as a refusal would be heard, so that the first one comes alone.
 *   At each 429    nobody calls until Retry-After is over, in full; then one call goes alone, and the others when it is
 *                  answered. All the limiters that the target could have (pace/limiters.ts) hear of every call, and
 *                  those that would have answered otherwise are struck out.
 *   In between     the pace that promises most by those that are left (pace/choose-pace.ts).
 *   Nothing new    a 429 that teaches nothing came of a call that arrived early or late: leave more room.
 *   A bad moment   a 429 that nothing explains, after the pace was kept for a while, does not count the first time. The
 *                  second time, the target has changed: forget all and learn anew.
 *   Much later     look whether the target has become faster. That costs a Retry-After, so it is done seldom.
 */
import { type Chosen, choosePace } from './pace/choose-pace.ts'
import { Limiters, weightOf } from './pace/limiters.ts'

export interface CallReport {
  /** When the call began and ended, in milliseconds since 1970. */
  startedAt: number
  endedAt: number
  /** `lost`: nobody knows whether the limiter ever saw it. */
  was: 'through' | 'refused' | 'lost'
  /** What Retry-After asked for, where the target said 429. */
  waitMs: number
  /** How many more calls the target's own headers allow, and for how long that holds. */
  left: { calls: number; forMs: number } | null
}

/** A target that says 429 says so at least this quickly, before it has done anything; and most of them this quickly. */
const quickRefusalMs = 40
const quickerRefusalMs = 15
/** How much slower to go than the pace that is known, and the most that this becomes. */
const slack = { least: 0.002, most: 0.1 }
/** Before a run has taken this long, it is thought to take as long again; later, as long again as it has taken. */
const usefulMs = 120_000
/** No refusal costs more: what a longer Retry-After waits for would not have been let through anyway. */
const costliestMs = 1_000
/** A pace that was kept for so long was right; and a bad moment is believed once in so long. */
const keptMs = 10_000
const badMomentMs = 30_000
/** What is left of the candidates when a refusal can be said to be explained. */
const explained = 0.02
/** When to look for a faster pace, and how much faster. */
const lookAfterMs = 100_000
const lookFaster = 1.5
/** Starts of calls that are remembered, for windows. */
const remembered = 2 ** 14

interface Begun {
  at: number
  was: CallReport['was'] | 'under way'
  waitMs: number
}

export class Governor {
  readonly #limiters = new Limiters()
  #plan: (Chosen & { gap: number }) | null = null
  #slack = slack.least

  #beganAt: number | null = null
  /** Calls that the limiters have not heard of, because one before them is under way. */
  #calls: Begun[] = []
  #underWay = 0
  readonly #starts = new Float64Array(remembered)
  #begun = 0
  #lastAt = Number.NEGATIVE_INFINITY
  /** When the next call is due, were none saved. */
  #due = 0

  #minTrip = Number.POSITIVE_INFINITY
  /** How long it takes to hear a 429. */
  #refusalTrip: number | null = null
  #closedUntil = 0
  /** The next call goes alone. */
  #alone = true

  #refusedAt = Number.NEGATIVE_INFINITY
  #wait = costliestMs
  /** Since when nothing was learnt of a refusal, and when one was last put down to a bad moment. */
  #keptSince = 0
  #badMomentAt = Number.NEGATIVE_INFINITY
  #thinkAt = Number.POSITIVE_INFINITY
  #lookAt = Number.POSITIVE_INFINITY
  #looking = false

  /** When the next call may begin, as far as is known now. Infinite until the call that is under way is answered. */
  earliest(now: number): number {
    if (this.#alone && this.#underWay > 0) return Number.POSITIVE_INFINITY
    const soonest = Math.max(now, this.#closedUntil, this.#lastAt + this.#minGap())
    if (this.#plan === null) return soonest
    const { window, even, saved, gap } = this.#plan
    const due = even ? Math.max(soonest, this.#due - (saved - 1) * gap) : soonest
    if (window === null || this.#begun < window.calls) return due
    const before = this.#starts[(this.#begun - window.calls) % remembered]!
    return Math.max(due, before + window.ms * (1 + (even ? this.#slack : slack.least)))
  }

  /** Until when the target asked us to wait, or 0. */
  get closedUntil(): number {
    return this.#closedUntil
  }

  /** Calls a second, or null while no limit was met. */
  get callsPerSecond(): number | null {
    return this.#plan === null ? null : this.#plan.pace * 1000
  }

  /** Close calls could be refused together, before the first of them is heard. */
  #minGap(): number {
    if (this.#plan !== null) return Math.min(this.#refusalTrip!, 0.9 * this.#plan.gap)
    const trip = this.#minTrip
    return Math.max(
      Math.min(trip, quickRefusalMs) / (1 + this.#begun / 25),
      Math.min(trip, quickerRefusalMs) / (1 + this.#begun / 500),
    )
  }

  begin(now: number): void {
    this.#beganAt ??= now
    const { gap, madeUpMs } = this.#plan ?? { gap: 0, madeUpMs: 0 }
    this.#due = Math.max(this.#due, now - madeUpMs) + gap
    this.#starts[this.#begun % remembered] = now
    this.#begun += 1
    this.#lastAt = now
    this.#underWay += 1
    this.#calls.push({ at: now, was: 'under way', waitMs: 0 })
  }

  end({ startedAt, endedAt, was, waitMs, left }: CallReport): void {
    this.#underWay -= 1
    const call = this.#calls.find(one => one.at === startedAt && one.was === 'under way')
    if (call !== undefined) Object.assign(call, { was, waitMs })
    if (was === 'refused') {
      this.#begun -= 1
      this.#close(endedAt, waitMs)
      // A call that was already under way when we were told tells nothing new.
      if (startedAt >= this.#refusedAt) this.#learnFromRefusal(startedAt, endedAt, waitMs)
      return
    }
    if (was === 'through') {
      this.#alone = false
      this.#minTrip = Math.min(this.#minTrip, Math.max(0.2, endedAt - startedAt))
    }
    if (left !== null && left.calls <= this.#underWay) this.#close(endedAt, left.forMs)
    while (this.#calls.length > 0 && this.#calls[0]!.was !== 'under way') this.#hearNext()
    if (endedAt >= this.#thinkAt) this.#choose(endedAt)
  }

  #close(now: number, forMs: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, now + forMs)
    this.#alone = true
  }

  #hearNext(): void {
    const { at, was, waitMs } = this.#calls.shift()!
    if (was === 'lost') return
    const unsureMs = 1 + 0.15 * (this.#refusalTrip ?? 5)
    this.#limiters.hear({ at, refused: was === 'refused', waitMs, unsureMs })
  }

  #learnFromRefusal(startedAt: number, now: number, waitMs: number): void {
    this.#refusedAt = now
    this.#wait = waitMs
    this.#refusalTrip = Math.max(0.9 * (this.#refusalTrip ?? 0), 1.1 * (now - startedAt) + 1)
    this.#lookAt = now + Math.max(lookAfterMs, now - this.#beganAt!)

    const takeBack = this.#limiters.remember()
    const before = weightOf(this.#limiters.candidates())
    // Those before it that are under way still were let through, or we would have heard.
    while (this.#calls.length > 0 && this.#calls[0]!.at <= startedAt) this.#hearNext()
    const after = weightOf(this.#limiters.candidates())

    if (this.#looking) {
      this.#looking = false
      takeBack()
      this.#choose(now)
      return
    }
    const wasRight = this.#plan !== null && now - this.#keptSince > keptMs
    if (wasRight && after < explained * before && now - this.#badMomentAt > badMomentMs) {
      this.#badMomentAt = now
      takeBack()
      return
    }
    if (after === 0) {
      this.#limiters.forget()
      this.#limiters.hear({ at: startedAt, refused: true, waitMs, unsureMs: 0 })
    }
    const known = this.#plan?.pace ?? 0
    this.#choose(now)
    this.#keptSince = now
    if (Math.abs(this.#plan!.pace / known - 1) > 0.01) return
    this.#slack = Math.min(slack.most, 2 * this.#slack)
    this.#choose(now)
  }

  #choose(now: number): void {
    this.#thinkAt = now + Math.max(200, 0.03 * (now - this.#beganAt!))
    const candidates = this.#limiters.candidates()
    if (candidates.length === 0) {
      // More was let through than any limiter allows that explains the refusals: the target has become faster.
      this.#limiters.forget()
      this.#looking = false
      this.#lookAt = Number.POSITIVE_INFINITY
      return
    }
    const useMs = Math.max(usefulMs, now - this.#beganAt!)
    const atMost = this.#plan === null ? Number.POSITIVE_INFINITY : 2 * this.#plan.pace
    const chosen = choosePace(candidates, { useMs, waitMs: Math.min(this.#wait, costliestMs), atMost })
    if (now >= this.#lookAt) {
      this.#lookAt = Number.POSITIVE_INFINITY
      this.#looking = true
    }
    const { pace } = chosen
    if (this.#looking) {
      chosen.pace *= lookFaster
      if (chosen.window !== null) {
        chosen.window = { ...chosen.window, calls: Math.ceil(lookFaster * chosen.window.calls) }
      }
    }
    this.#plan = { ...chosen, gap: (1 + this.#slack) / chosen.pace }
    this.#due = this.#dueAfter(pace)
  }

  /** When the next call is due at a pace, by all that began so far. */
  #dueAfter(pace: number): number {
    const { saved, gap } = this.#plan!
    if (saved === 1) return this.#lastAt + gap
    let at = this.#calls[0]?.at ?? this.#lastAt
    let level = this.#limiters.levelAt(pace, at)
    for (const call of this.#calls) {
      if (call.was === 'refused') continue
      level = Math.max(0, level - (call.at - at) / gap) + 1
      at = call.at
    }
    return at + level * gap
  }
}
