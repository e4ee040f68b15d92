/** What a plan will take: calls, and minutes at a pace. */

import { integer, plural } from '../../messages/numbers.ts'
import { maxBatchSize } from '../../rooms/batch-shape.ts'
import type { Profile } from '../target/profile.ts'
import type { PlanSummary } from './make-plan.ts'

export interface Estimate {
  refreshCalls: number
  /** Calls to read every room back: one per room, or one per thousand people. */
  verifyCalls: number
  /** The most calls of a run, whatever its target does. */
  maxCalls: number
  /** At the pace that the target showed so far; null where it never asked to slow down. */
  callsPerSecond: number | null
  minutes: number | null
}

export function estimate(
  { moves, temporaries, waves, maxCalls }: Pick<PlanSummary, 'moves' | 'temporaries' | 'waves' | 'maxCalls'>,
  { listedRoomsFresh }: Pick<Profile, 'listedRoomsFresh'>,
  callsPerSecond: number | null,
): Estimate {
  const refreshCalls = Math.ceil((moves + temporaries) / maxBatchSize) + waves - 1
  const verifyCalls = listedRoomsFresh ? Math.ceil(moves / 1000) : moves
  const minutes = callsPerSecond === null ? null : (refreshCalls + verifyCalls) / callsPerSecond / 60
  return { refreshCalls, verifyCalls, maxCalls, callsPerSecond, minutes }
}

/** How often rooms are changed. */
export function sayChanges({ temporaries, maxChanges }: Pick<PlanSummary, 'temporaries' | 'maxChanges'>): string {
  const twice = temporaries === 0 ? '' : `, ${temporaries} of them twice`
  return `each room once${twice}; ${maxChanges} times at most, where the target gives other IDs than it is asked for`
}

/** A personal access token lasts 12 hours: a run that takes longer needs a sign-in that renews itself. */
const tokenMinutes = 12 * 60

export function sayEstimate({ refreshCalls, verifyCalls, maxCalls, callsPerSecond, minutes }: Estimate): string {
  const calls = `${plural(refreshCalls, 'call')} to refresh, ${integer(verifyCalls)} to verify; ${integer(maxCalls)} at most, whatever the target does`
  if (minutes === null || callsPerSecond === null) return `${calls}; the target has not asked to slow down so far`
  const time = `about ${Math.ceil(minutes)} minutes at ${callsPerSecond.toFixed(1)} calls a second`
  return minutes > tokenMinutes
    ? `${calls}; ${time}: longer than a personal token lasts, so use roomkey login`
    : `${calls}; ${time}`
}
