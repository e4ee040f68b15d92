/**
 * The pace that promises most. A faster one is allowed by fewer of the candidates, and costs a Retry-After where it is
 * not; how much it is worth to know depends on how long it will be of use.
 */
import type { Candidate } from './candidate.ts'
import { weightOf } from './limiters.ts'

export interface Chosen {
  /** Calls per millisecond. */
  pace: number
  /** So many calls as fast as they go, in any so many milliseconds; null for calls one by one. */
  window: { calls: number; ms: number } | null
  /** How many calls may go at once after a pause. */
  saved: number
  /** A call that went late may be made up for by the next. */
  even: boolean
}

export interface Outlook {
  /** How long the pace will be of use, in milliseconds. */
  useMs: number
  /** What one refusal costs, in milliseconds. */
  waitMs: number
  /** No faster than this, in calls per millisecond. */
  atMost: number
}

/** Longer windows are used up as fast as calls go. In shorter ones they go evenly, which any limiter allows. */
const longWindowMs = 5_000

/** @param candidates the fastest first; at least one. */
export function choosePace(candidates: Candidate[], { useMs, waitMs, atMost }: Outlook): Chosen {
  const { pace: safe } = best(candidates, atMost, (pace, chance) => pace * chance)
  const promise = (pace: number, chance: number) => chance * pace * useMs + (1 - chance) * safe * (useMs - waitMs)
  const { pace } = best(candidates, atMost, promise)

  const alike = candidates.filter(one => Math.abs(one.pace / pace - 1) < 0.005)
  const windows = alike.flatMap(one => one.window ?? [])
  if (windows.length > 0) {
    const longest = windows.reduce((a, b) => (b.ms > a.ms ? b : a))
    return { pace, window: longest.ms >= longWindowMs ? longest : null, saved: 1, even: true }
  }
  return { pace, window: null, saved: alike[0]!.saved, even: false }
}

/** The slowest of those that are worth most, given the chance that a pace is allowed. */
function best(candidates: Candidate[], atMost: number, worth: (pace: number, chance: number) => number): Candidate {
  const all = weightOf(candidates)
  let allowing = 0
  let most = Number.NEGATIVE_INFINITY
  let found = candidates.at(-1)!
  for (const candidate of candidates) {
    allowing += candidate.weight
    const is = worth(candidate.pace, allowing / all)
    if (candidate.pace > atMost || is < most) continue
    most = is
    found = candidate
  }
  return found
}
