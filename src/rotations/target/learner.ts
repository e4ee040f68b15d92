/** What is known of the target's limiter, by the answers to all calls, and the pace that follows from it. */
import type { Candidate } from './pace/candidate.ts'
import { choosePace } from './pace/choose-pace.ts'
import { Limiters, weightOf } from './pace/limiters.ts'
import type { Schedule } from './schedule.ts'
import { Shedding } from './shedding.ts'

/** `lost`: nobody knows whether the limiter ever saw the call. */
export type CallOutcome = 'through' | 'refused' | 'lost'

/** Before a run has taken this long, it is thought to take as long again; later, as long again as it has taken. */
const usefulMs = 120_000
/** No refusal costs more: what a longer Retry-After waits for would not have been let through anyway. */
const costliestMs = 1_000
/** Who asks for longer counts calls by the hour or by the day, which no pace changes. */
const quotaMs = 15 * 60_000
/** A pace that was kept for so long was right; and a bad moment is believed once in so long. */
const keptMs = 10_000
const badMomentMs = 30_000
/** No limiter that is thought of takes longer to object. */
const provedMs = 75_000
/** What is left of the candidates when a refusal can be said to be explained. */
const explained = 0.02
/** When to look for a faster pace, and how much faster. */
const lookAfterMs = 100_000
const lookFaster = 1.5

interface Call {
  at: number
  outcome: CallOutcome | 'under way'
  waitMs: number
  distance: number
}

export class Learner {
  readonly #schedule: Schedule
  readonly #limiters = new Limiters()
  readonly #shedding = new Shedding()
  /** When the call began that a target that sheds load is expected to refuse; null where none is under way. */
  #probeAt: number | null = null
  #beganAt: number | null = null
  /** Calls that the limiters have not observed, because one before them is under way. */
  #inbox: Call[] = []

  #refusedAt = Number.NEGATIVE_INFINITY
  #waitMs = costliestMs
  /** Since when nothing was learnt of a refusal, and when one was last put down to a bad moment. */
  #keptSince = 0
  /** Whether a pace has been kept for long enough since all was last forgotten. */
  #isSure = false
  #badMomentAt = Number.NEGATIVE_INFINITY
  #thinkAt = Number.POSITIVE_INFINITY
  #lookAt = Number.POSITIVE_INFINITY
  #looking = false

  constructor(schedule: Schedule) {
    this.#schedule = schedule
  }

  begin(now: number): void {
    this.#beganAt ??= now
    if (this.#shedding.expectsRefusal) this.#probeAt = now
    this.#inbox.push({ at: now, outcome: 'under way', waitMs: 0, distance: this.#shedding.begin(now) })
  }

  /** Whether others should wait for the answer to a call that is under way. */
  get isProbing(): boolean {
    return this.#probeAt !== null
  }

  /** Whether the target opens again for all calls when it has said that it will. */
  get opensForAll(): boolean {
    return this.#shedding.isKnown
  }

  end(startedAt: number, outcome: CallOutcome, waitMs: number): void {
    if (startedAt === this.#probeAt) this.#probeAt = null
    const call = this.#inbox.find(one => one.at === startedAt && one.outcome === 'under way')
    const isQuota = outcome === 'refused' && waitMs > quotaMs
    if (call !== undefined) Object.assign(call, { outcome: isQuota ? 'lost' : outcome, waitMs })
  }

  learnFromAnswer(now: number): void {
    if (this.#shedding.isKnown) {
      this.#inbox = this.#inbox.filter(({ outcome }) => outcome === 'under way')
      return
    }
    while (this.#inbox.length > 0 && this.#inbox[0]!.outcome !== 'under way') this.#observeNext()
    if (now < this.#thinkAt) return
    this.#choosePace(now)
    const { pace } = this.#schedule
    if (pace !== null && this.#shedding.explains(pace)) this.#stopPacing()
  }

  learnFromRefusal(startedAt: number, now: number, waitMs: number): void {
    // A call that was already under way at the last refusal teaches nothing new, and a quota nothing about the pace.
    if (startedAt < this.#refusedAt || waitMs > quotaMs) return
    this.#refusedAt = now
    this.#waitMs = waitMs
    const call = this.#inbox.find(({ at, outcome }) => at === startedAt && outcome === 'refused')
    this.#shedding.observe(call?.distance ?? 0, now, waitMs)
    if (this.#shedding.isKnown) {
      this.#inbox = this.#inbox.filter(({ outcome }) => outcome === 'under way')
      return
    }
    this.#schedule.learnRefusalTrip(now - startedAt)
    this.#lookAt = now + Math.max(lookAfterMs, now - this.#beganAt!)

    const restore = this.#limiters.snapshot()
    const before = weightOf(this.#limiters.candidates())
    // Those before it that are under way still were let through, or their refusals would be back.
    while (this.#inbox.length > 0 && this.#inbox[0]!.at <= startedAt) this.#observeNext()
    const after = weightOf(this.#limiters.candidates())

    if (this.#looking) {
      this.#looking = false
      restore()
      this.#choosePace(now)
      return
    }
    if (after < explained * before && this.#shedding.explains(Number.POSITIVE_INFINITY)) {
      this.#stopPacing()
      return
    }
    const wasRight = this.#schedule.pace !== null && now - this.#keptSince > keptMs
    if (wasRight && after < explained * before && now - this.#badMomentAt > badMomentMs) {
      this.#badMomentAt = now
      restore()
      return
    }
    if (after === 0) {
      this.#forget()
      this.#limiters.observe({ at: startedAt, refused: true, waitMs, unsureMs: 0 })
    }
    const known = this.#schedule.pace ?? 0
    this.#choosePace(now)
    this.#keptSince = now
    if (this.#shedding.explains(this.#schedule.pace ?? 0)) {
      this.#stopPacing()
      return
    }
    const telling = this.#shedding.tellingPace
    if (telling !== null && telling < this.#schedule.pace!) {
      this.#tryPace(telling, now)
      return
    }
    if (Math.abs(this.#schedule.pace! / known - 1) > 0.01) return
    this.#schedule.addSlack()
    this.#choosePace(now)
  }

  /** Whether a share of this pace can be told: it was kept, and no much slower limiter explains that, too. */
  #hasProved(pace: number, forMs: number, candidates: Candidate[]): boolean {
    if (forMs > provedMs) return true
    const slower = candidates.filter(candidate => candidate.pace < 0.8 * pace)
    return forMs > keptMs && weightOf(slower) < 0.05 * weightOf(candidates)
  }

  #forget(): void {
    this.#limiters.forget()
    this.#isSure = false
  }

  /** For as long as it takes to be refused, or not to be. */
  #tryPace(pace: number, now: number): void {
    this.#schedule.follow({ pace, window: null, even: true, saved: 1, madeUpMs: 0 }, false, () => now)
    this.#thinkAt = now + 2 * this.#waitMs
  }

  #stopPacing(): void {
    this.#forget()
    this.#schedule.free()
  }

  #observeNext(): void {
    const { at, outcome, waitMs } = this.#inbox.shift()!
    if (outcome === 'lost') return
    const unsureMs = 1 + 0.15 * (this.#schedule.refusalTripMs ?? 5)
    this.#limiters.observe({ at, refused: outcome === 'refused', waitMs, unsureMs })
  }

  #choosePace(now: number): void {
    this.#thinkAt = now + Math.max(200, 0.03 * (now - this.#beganAt!))
    const candidates = this.#limiters.candidates()
    if (candidates.length === 0) {
      // More was let through than any limiter allows that explains the refusals: the target has become faster.
      this.#forget()
      this.#looking = false
      this.#lookAt = Number.POSITIVE_INFINITY
      return
    }
    const useMs = Math.max(usefulMs, now - this.#beganAt!)
    const known = this.#schedule.pace
    const maxPace = known === null ? Number.POSITIVE_INFINITY : 2 * known
    const chosen = choosePace(candidates, { useMs, waitMs: Math.min(this.#waitMs, costliestMs), maxPace })
    if (now >= this.#lookAt && this.#schedule.isUnrestrained) {
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
    if (known !== null) this.#isSure ||= this.#hasProved(pace, now - this.#keptSince, candidates)
    this.#schedule.follow(chosen, this.#isSure, gap => this.#dueAt(pace, gap))
  }

  /** When the next call is due at a pace, by all that began so far. */
  #dueAt(pace: number, gap: number): number {
    let at = this.#inbox[0]?.at ?? this.#schedule.lastAt
    let level = this.#limiters.levelAt(pace, at)
    for (const call of this.#inbox) {
      if (call.outcome === 'refused') continue
      level = Math.max(0, level - (call.at - at) / gap) + 1
      at = call.at
    }
    return at + level * gap
  }
}
