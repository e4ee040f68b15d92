/** The limiters that the governor is tested against, family by family, and the circumstances for each. */
import { Governor } from '#roomkey/rotations/target/governor.js'
import { changing, fixedWindow, leakyBucket, type MakeLimiter, slidingWindow, stormy, tokenBucket } from './limiters.ts'
import { callsFor, type Outcome, type RetryAfter, type Scenario, simulate } from './simulator.ts'

export interface Family {
  name: string
  /** A limiter of this many calls a second, for a run of this many milliseconds. */
  make: (perSecond: number, ms: number) => MakeLimiter
}

const second = 1_000
const minute = 60_000

export const families: Family[] = [
  { name: 'window of 1 s, by the clock', make: calls => () => fixedWindow(calls, second, 'the clock') },
  { name: 'window of 1 s, from the first call', make: calls => () => fixedWindow(calls, second, 'the first call') },
  { name: 'sliding window of 1 s', make: calls => () => slidingWindow(calls, second) },
  { name: 'window of 10 s, by the clock', make: calls => () => fixedWindow(10 * calls, 10 * second, 'the clock') },
  { name: 'window of a minute, by the clock', make: calls => () => fixedWindow(60 * calls, minute, 'the clock') },
  {
    name: 'window of a minute, from the first call',
    make: calls => () => fixedWindow(60 * calls, minute, 'the first call'),
  },
  { name: 'sliding window of a minute', make: calls => () => slidingWindow(60 * calls, minute) },
  { name: 'bucket that saves 10 s', make: calls => () => tokenBucket(calls, 10 * calls) },
  { name: 'bucket that saves 3 s', make: calls => () => tokenBucket(calls, 3 * calls) },
  { name: 'bucket that saves 1 s', make: calls => () => tokenBucket(calls, Math.max(2, calls)) },
  { name: 'queue that holds 1 s', make: calls => () => leakyBucket(calls, Math.max(2, calls)) },
  { name: 'bucket that saves 1/4 s', make: calls => () => tokenBucket(calls, Math.max(2, calls / 4)) },
  { name: 'bucket that saves nothing', make: calls => () => tokenBucket(calls, 1) },
  {
    name: 'bucket that saves 3 s, and a storm every minute',
    make: calls => () => stormy(tokenBucket(calls, 3 * calls), minute, 1.5 * second),
  },
  {
    name: 'window of 1 s, and a storm every minute',
    make: calls => () => stormy(fixedWindow(calls, second, 'the clock'), minute, 1.5 * second),
  },
  {
    name: 'bucket that becomes half as fast',
    make: (calls, ms) => () => changing(tokenBucket(2 * calls, 2 * calls), tokenBucket(calls, calls), ms / 3),
  },
  {
    name: 'bucket that becomes twice as fast',
    make: (calls, ms) => () => changing(tokenBucket(calls, calls), tokenBucket(2 * calls, 2 * calls), ms / 2),
  },
]

export interface Circumstances {
  perSecond: number
  retryAfter: RetryAfter
  workers: number
  wayMs: number
  workMs: number
  jitter: number
}

/** Refusals arrive quickly, however long an accepted call takes. */
export const nearby = [
  { workers: 1, wayMs: 2, workMs: 0, jitter: 0.2 },
  { workers: 4, wayMs: 5, workMs: 45, jitter: 0.2 },
  { workers: 2, wayMs: 10, workMs: 60, jitter: 0.2 },
  { workers: 8, wayMs: 10, workMs: 90, jitter: 0.2 },
  { workers: 8, wayMs: 10, workMs: 490, jitter: 0.1 },
]

/** Refusals arrive only after several more calls could have begun. */
export const farAway = [
  { workers: 4, wayMs: 60, workMs: 140, jitter: 0.2 },
  { workers: 8, wayMs: 200, workMs: 0, jitter: 0.2 },
]

/** All combinations in which the workers are fast enough to reach the limit. */
export function combinations(
  rates: number[],
  retryAfters: RetryAfter[],
  trips: Omit<Circumstances, 'perSecond' | 'retryAfter'>[],
): Circumstances[] {
  return rates.flatMap(perSecond =>
    retryAfters.flatMap(retryAfter =>
      trips
        .filter(({ workers, wayMs, workMs }) => (workers * 1000) / (wayMs + workMs) > 1.1 * perSecond)
        .map(trip => ({ perSecond, retryAfter, ...trip })),
    ),
  )
}

/** Simulates a run that takes at least this long with perfect knowledge of the limiter. */
export function play({ make }: Family, { perSecond, ...rest }: Circumstances, ms: number): Outcome {
  const scenario: Omit<Scenario, 'calls'> = { ...rest, limiter: make(perSecond, ms), seed: perSecond + rest.workers }
  return simulate({ ...scenario, calls: callsFor(scenario, ms) }, new Governor())
}
