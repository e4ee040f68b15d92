/**
 * The pace that promises most. A faster one is allowed by fewer of the candidates, and costs a Retry-After where it is
 * not; how much it is worth to know depends on how long it will be of use.
 */
import type { Candidate } from './candidate.ts'
import { weightOf } from './limiters.ts'

export interface Chosen {
  /** Calls per millisecond. */
  pace: number
  /** At most this many calls in any window of this many milliseconds; null where no such limit is known. */
  window: { calls: number; ms: number } | null
  /** Calls go one by one, each when it is due; else as fast as the window lets them. */
  even: boolean
  /** How many calls may go at once after a pause. */
  saved: number
  /** How many milliseconds that calls went late may be made up for by those after them. */
  madeUpMs: number
}

export interface Outlook {
  /** How long the pace will be of use, in milliseconds. */
  useMs: number
  /** What one refusal costs, in milliseconds. */
  waitMs: number
  /** No faster than this, in calls per millisecond. */
  maxPace: number
}

/** A worker wakes up to so much late, which an even pace makes up for. */
const lateMs = 5
/** Longer windows are used up as fast as calls go. In shorter ones they go evenly, which any limiter allows. */
const longWindowMs = 5_000

/** @param candidates the fastest first; at least one. */
export function choosePace(candidates: Candidate[], { useMs, waitMs, maxPace }: Outlook): Chosen {
  const { pace: safe } = best(candidates, maxPace, (pace, chance) => pace * chance)
  const promise = (pace: number, chance: number) => chance * pace * useMs + (1 - chance) * safe * (useMs - waitMs)
  const { pace } = best(candidates, maxPace, promise)

  const alike = candidates.filter(one => Math.abs(one.pace / pace - 1) < 0.005)
  const windows = alike.flatMap(one => one.window ?? [])
  if (windows.length === 0) return { pace, window: null, even: true, saved: alike[0]!.saved, madeUpMs: 0 }
  const longest = windows.reduce((a, b) => (b.ms > a.ms ? b : a))
  if (longest.ms >= longWindowMs) return { pace, window: longest, even: false, saved: 1, madeUpMs: 0 }
  // A machine that was busy for a moment: what it held up may follow closely, as far as every limiter alike allows.
  const together = Math.min(...alike.map(one => one.window?.calls ?? one.saved))
  return { pace, window: longest, even: true, saved: 1, madeUpMs: Math.max(lateMs, (together - 1) / pace) }
}

/** The slowest of those that are worth most, given the chance that a pace is allowed. */
function best(candidates: Candidate[], maxPace: number, worth: (pace: number, chance: number) => number): Candidate {
  const all = weightOf(candidates)
  let allowing = 0
  let most = Number.NEGATIVE_INFINITY
  let found = candidates.at(-1)!
  for (const candidate of candidates) {
    allowing += candidate.weight
    const is = worth(candidate.pace, allowing / all)
    if (candidate.pace > maxPace || is < most) continue
    most = is
    found = candidate
  }
  return found
}
