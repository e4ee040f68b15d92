/**
 * What a rotation promises whatever its target does, judged by the target's own account. Each promise gives what broke
 * it, one line per breach.
 */

import type { Played } from './play.ts'
import { canaryPromise, endsPromise, stagesPromise } from './promises/conduct.ts'
import { claimsPromise, lettersPromise, namedPromise } from './promises/honesty.ts'
import { oncePromise, plannedPromise, servedPromise, strangersPromise } from './promises/rooms.ts'
import { undoHonestPromise, undonePromise } from './promises/undo.ts'

export type Judge = (played: Played) => string[]

const promises = {
  /** It ends, with no more calls than the plan said, and within hours. */
  ends: endsPromise,
  /** No stage fails for good, and none with a bug; what cannot be planned is an error and changes nothing. */
  stages: stagesPromise,
  /** A pilot that was not changed stops the run. */
  canary: canaryPromise,
  /** Everybody in the list is one row of the plan: a move, or left out with a reason. */
  named: namedPromise,
  /** Everybody ends with the planned ID or the old one, or is a row that says why not. */
  planned: plannedPromise,
  /** Nobody is changed more often than the plan says. */
  once: oncePromise,
  /** Nobody outside the plan is changed. */
  strangers: strangersPromise,
  /** Whoever could be changed is, whatever ails the others. */
  served: servedPromise,
  /** What the report calls changed is so at the target. */
  claims: claimsPromise,
  /** A letter tells a link that works, once. */
  letters: lettersPromise,
  /** Undo gives everybody the old ID back, or names who has it not. */
  undone: undonePromise,
  /** What the undo calls done is so at the target. */
  undoClaims: undoHonestPromise,
} satisfies Record<string, Judge>

export type PromiseName = keyof typeof promises

export interface Breach {
  promise: PromiseName
  details: string[]
}

export function judge(played: Played): Breach[] {
  return (Object.keys(promises) as PromiseName[])
    .map(promise => ({ promise, details: promises[promise](played) }))
    .filter(({ details }) => details.length > 0)
}
