/**
 * Simulates a run with the governor against a limiter: no sockets, no sleeping, no promises, the same result every
 * time. It uses the governor as permits.ts does.
 */
import type { MakeLimiter } from './limiters.ts'

/** What a target answers in Retry-After: the exact time, the time rounded up to whole seconds, or always a second. */
export type RetryAfter = 'exact' | 'rounded up' | 'a second'

export interface Scenario {
  limiter: MakeLimiter
  retryAfter: RetryAfter
  calls: number
  workers: number
  /** The network's round trip, and the processing of an accepted call. */
  wayMs: number
  workMs: number
  /** How much each of the two varies, as a share. */
  jitter: number
  /** Nobody starts a call for this long at intervals, because the machine is busy. */
  stalls?: { everyMs: number; forMs: number }
  seed?: number
}

export interface Outcome {
  /** Wall time divided by the minimum for a caller who knows the limiter. */
  ratio: number
  minimumMs: number
  refusals: number
  /** The most refusals in the time of one Retry-After. */
  inOneWindow: number
}

export interface Paced {
  earliest(now: number): number
  begin(now: number): void
  end(report: { startedAt: number; endedAt: number; outcome: 'through' | 'refused'; waitMs: number; left: null }): void
}

const start = Date.UTC(2026, 0, 5, 8) + 370

export function simulate(scenario: Scenario, governor: Paced): Outcome {
  const { calls, workers, retryAfter, stalls } = scenario
  const limiter = scenario.limiter()
  const { way, work, draw } = trips(scenario)
  const hands = Array.from({ length: workers }, () => ({
    at: start,
    does: 'ask' as 'ask' | 'arrive' | 'answer' | 'rest',
    startedAt: 0,
    waitMs: null as number | null,
  }))
  const refusals: { at: number; until: number }[] = []
  let left = calls
  let answered = 0
  let now = start
  while (answered < calls) {
    let hand = hands[0]!
    for (const other of hands) if (other.at < hand.at) hand = other
    now = hand.at
    if (now === Number.POSITIVE_INFINITY) throw new Error('Everybody waits for an answer, but no call is in flight.')
    const stalledMs = stalls === undefined ? 0 : stalls.forMs - (now % stalls.everyMs)
    if (hand.does === 'ask' && stalledMs > 0) hand.at = now + stalledMs
    else if (hand.does === 'ask') {
      const at = left === 0 ? Number.POSITIVE_INFINITY : governor.earliest(Math.floor(now))
      if (at > Math.floor(now)) {
        // A timer never wakes early, and often a little late.
        hand.at = at === Number.POSITIVE_INFINITY ? at : Math.ceil(at) + 1.5 * draw()
        continue
      }
      left -= 1
      governor.begin(Math.floor(now))
      Object.assign(hand, { does: 'arrive', startedAt: now, at: now + way() / 2 })
    } else if (hand.does === 'arrive') {
      const wait = limiter.admit(now)
      hand.does = 'answer'
      hand.waitMs = wait > 0 ? said(wait, retryAfter) : null
      if (hand.waitMs !== null) refusals.push({ at: now, until: now + hand.waitMs })
      hand.at = now + way() / 2 + (wait > 0 ? 0 : work() + (limiter.held?.(now) ?? 0))
    } else {
      const { startedAt, waitMs } = hand
      governor.end({
        startedAt: Math.floor(startedAt),
        endedAt: Math.floor(now),
        outcome: waitMs === null ? 'through' : 'refused',
        waitMs: waitMs ?? 0,
        left: null,
      })
      if (waitMs === null) answered += 1
      else left += 1
      Object.assign(hand, { does: 'ask', at: waitMs === null ? now : now + waitMs })
      // Those that wait for an answer check again.
      for (const other of hands) if (other.at === Number.POSITIVE_INFINITY) other.at = now
    }
  }
  const minimumMs = leastTime(scenario)
  return {
    ratio: (now - start) / minimumMs,
    minimumMs,
    refusals: refusals.length,
    inOneWindow: refusals.reduce((most, { until }, first) => {
      let end = first
      while (end < refusals.length && refusals[end]!.at < until) end += 1
      return Math.max(most, end - first)
    }, 0),
  }
}

function said(waitMs: number, how: RetryAfter): number {
  if (how === 'a second') return 1000
  return how === 'exact' ? Math.ceil(waitMs) : Math.ceil(waitMs / 1000) * 1000
}

/** How many calls take at least this long with perfect knowledge of the limiter. */
export function callsFor(scenario: Omit<Scenario, 'calls'>, ms: number): number {
  let calls = 1
  while (leastTime({ ...scenario, calls }) < ms) calls *= 2
  for (let step = calls / 4; step >= 0.5; step /= 2) {
    const fewer = Math.floor(calls - step)
    if (fewer > 0 && leastTime({ ...scenario, calls: fewer }) >= ms) calls = fewer
  }
  return calls
}

/** The wall time of as many workers that know the limiter and whose calls arrive the moment they are let through. */
export function leastTime({ limiter: make, calls, workers, wayMs, workMs }: Scenario): number {
  const limiter = make()
  const free = new Float64Array(workers).fill(start)
  let arrival = start
  for (let call = 0; call < calls; call += 1) {
    let first = 0
    for (let other = 1; other < workers; other += 1) if (free[other]! < free[first]!) first = other
    arrival = limiter.opens(Math.max(arrival, free[first]! + wayMs / 2))
    while (limiter.admit(arrival) > 0) arrival += 0.01
    free[first] = arrival + wayMs / 2 + workMs + (limiter.held?.(arrival) ?? 0)
  }
  return Math.max(...free) - start
}

function trips({ wayMs, workMs, jitter, seed = 1 }: Scenario) {
  let state = seed >>> 0
  const draw = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const around = (ms: number) => () => ms * (1 + jitter * (2 * draw() - 1))
  return { way: around(wayMs), work: around(workMs), draw }
}
