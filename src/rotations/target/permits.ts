/** Gives all workers their turns by one governor, so that they share one budget of calls. */
import { type Message, message } from '../../messages/message.ts'
import { type Call, type Permits, Unsent } from '../../webex/calls/calls.ts'
import type { Clock } from '../../webex/calls/clock.ts'
import type { AskedWait } from '../../webex/calls/retry-after.ts'
import type { Governor } from './governor.ts'
import { opensAt } from './hours.ts'
import { type Restraint, usualRestraint } from './restraint.ts'

/** A shorter wait is not worth holding a batch back for. */
const longWaitMs = 5_000

/** Told of each wait that the target asks for: until when, and how it put that (`Retry-After` as it came). */
export type OnWait = (until: number, header: string | null) => void

export interface PermitOptions {
  restraint?: Restraint
  onWait?: OnWait
  /** Told of each time outside the hours of the restraint, with when these begin. */
  onPause?: (until: number) => void
}

/** When somebody wants calls to be made, and how long they wait for a target. */
export type Stay = Partial<Pick<Restraint, 'hours' | 'patienceMs' | 'fruitlessWaits'>>

export interface GovernedPermits extends Permits {
  /** The same budget, for somebody who wants it otherwise than most. */
  under(stay: Stay, onPause: (until: number) => void): Permits
}

export function governedPermits(governor: Governor, clock: Clock, options: PermitOptions = {}): GovernedPermits {
  const answers = new Answers()
  const { restraint = usualRestraint } = options
  return {
    ...permitsUnder(governor, clock, answers, options),
    under: (stay, onPause) =>
      permitsUnder(governor, clock, answers, { ...options, restraint: { ...restraint, ...stay }, onPause }),
  }
}

/** Wakes whoever waits for the next answer. */
class Answers {
  #waiting: (() => void)[] = []

  next(): Promise<void> {
    return new Promise(resolve => this.#waiting.push(resolve))
  }

  tell(): void {
    const woken = this.#waiting
    this.#waiting = []
    for (const wake of woken) wake()
  }
}

function permitsUnder(
  governor: Governor,
  clock: Clock,
  answers: Answers,
  { restraint = usualRestraint, onWait, onPause }: PermitOptions,
): Permits {
  const { hours } = restraint
  let pausedUntil = 0
  /** When the hours begin, or now. */
  const withinHours = (now: number): number => {
    const at = hours === null ? now : opensAt(hours, now)
    if (at > now && at !== pausedUntil) onPause?.(at)
    if (at > now) pausedUntil = at
    return at
  }
  return {
    async take({ method }, signal) {
      for (;;) {
        refuseLongWait(governor, clock.now(), restraint)
        const now = clock.now()
        const at = Math.max(governor.earliest(now), withinHours(now))
        if (at <= now) break
        await (at === Number.POSITIVE_INFINITY ? answers.next() : clock.sleep(at - now, signal))
        if (signal?.aborted) throw new Unsent(message('callCanceled'))
      }
      const startedAt = clock.now()
      governor.begin(startedAt)
      return (response, asked) => {
        const { outcome, left } = outcomeOf(response, asked)
        const kind = kindOf(method)
        const { waitMs = 0, header = null } = asked ?? {}
        const before = governor.closedUntil
        governor.end({ startedAt, endedAt: clock.now(), outcome, kind, waitMs, header, left })
        if (asked !== null && governor.closedUntil > before && whyPutOff(governor, clock.now(), restraint) === null) {
          onWait?.(governor.closedUntil, header)
        }
        answers.tell()
      }
    },
    async whenOpen(_, signal) {
      for (;;) {
        refuseLongWait(governor, clock.now(), restraint)
        const now = clock.now()
        const waitMs = Math.max(governor.closedUntil, withinHours(now)) - now
        if (waitMs < longWaitMs) return
        await clock.sleep(waitMs, signal)
        if (signal?.aborted) throw new Unsent(message('callCanceled'))
      }
    },
  }
}

function kindOf(method: Call['method']): 'read' | 'write' {
  return method === 'GET' ? 'read' : 'write'
}

function outcomeOf(
  response: Response | null,
  asked: AskedWait | null,
): { outcome: 'through' | 'refused' | 'locked' | 'lost'; left: { calls: number; forMs: number } | null } {
  if (response === null) return { outcome: 'lost', left: null }
  if (response.status === 429) return { outcome: 'refused', left: null }
  if (response.status === 423) return { outcome: 'locked', left: null }
  const left = asked === null ? callsLeft(response.headers) : { calls: 0, forMs: asked.waitMs }
  return { outcome: 'through', left }
}

/** @throws Unsent where the target asks for a longer wait than anybody waits for. */
function refuseLongWait(governor: Governor, now: number, restraint: Restraint): void {
  const why = whyPutOff(governor, now, restraint)
  if (why !== null) throw new Unsent(why, governor.closedUntil)
  if (governor.fruitlessWaits >= restraint.fruitlessWaits) governor.forgetFruitlessWaits()
}

/** Why nobody waits until the target opens again; null where somebody does. */
function whyPutOff(governor: Governor, now: number, { patienceMs, fruitlessWaits }: Restraint): Message | null {
  const { closedUntil, fruitlessWaits: count, retryAfter } = governor
  if (closedUntil <= now) return null
  const asked =
    retryAfter === null ? message('withoutRetryAfter') : message('retryAfter', { header: retryAfter.slice(0, 80) })
  const until = new Date(closedUntil).toISOString()
  if (closedUntil - now > patienceMs) return message('targetClosedUntil', { until, asked })
  return count < fruitlessWaits ? null : message('targetAlwaysLater', { count, until, asked })
}

/** `RateLimit-Remaining` and `RateLimit-Reset` in seconds, with the `X-` that they used to have. */
function callsLeft(headers: Headers): { calls: number; forMs: number } | null {
  const [calls, seconds] = ['remaining', 'reset'].map(
    name => headers.get(`ratelimit-${name}`) ?? headers.get(`x-ratelimit-${name}`),
  )
  if (!/^\d+$/.test(calls ?? '') || !/^\d+$/.test(seconds ?? '')) return null
  return { calls: Number(calls), forMs: Number(seconds) * 1000 }
}
