/**
 * Why something is not done with a rotation. Nothing was changed then. Every face has one table from these to its words
 * (http/rotations/refusals.ts, cli/rotations/refusals.ts), which does not compile while one is missing.
 */
import type { Message, MessageOrText } from '../messages/message.ts'
import type { RotationState } from '../store/rotations/rotation-tables.ts'
import { LeaseLost, RotationGone } from '../store/store-error.ts'
import { TargetError } from '../webex/calls/target-error.ts'
import { type PlanRefusal, PlanRefused } from './planning/plan-refused.ts'
import type { RunRefusal } from './running/run-deps.ts'
import type { RouteRefusal } from './target/connect.ts'

export type Refusal =
  // Who may not.
  | { refused: 'otherSite' }
  | { refused: 'elsewhereAllSitesOnly' }
  | { refused: 'approveOwnPlan' }
  // In which state not.
  | { refused: 'wrongState'; state: RotationState }
  | { refused: 'approveWrongState'; state: RotationState }
  | { refused: 'undoWrongState'; state: RotationState }
  | { refused: 'planUnfinished' }
  | PlanStopped
  | { refused: 'plannedElsewhere' }
  | { refused: 'alreadyStarted' }
  | { refused: 'alreadyRunning' }
  | { refused: 'runningElsewhere' }
  | { refused: 'leaseLost'; rotation: number }
  | { refused: 'serviceStopping' }
  | RunRefusal
  // What was asked for makes no sense.
  | { refused: 'listWithoutIds' }
  | { refused: 'badTemplate'; fault: Message }
  | PlanRefusal
  // What a mirror is not for.
  | { refused: 'siteHeld'; siteUrl: string }
  | { refused: 'otherMirrorTarget'; siteUrl: string; target: string }
  | { refused: 'siteMirrored'; target: string }
  // What the target makes impossible.
  | RouteRefusal
  | TargetRefusal

export type TargetRefusal =
  | { refused: 'targetDenied' | 'targetDown'; reason: MessageOrText }
  | { refused: 'targetLater'; reason: MessageOrText; until: number | null }

/** The making of a plan has stopped, and what was read is kept: it can be gone on with. */
export interface PlanStopped {
  refused: 'planStopped'
  rotation: number
  /** What the target made impossible; null where somebody stopped it. */
  because: TargetRefusal | null
}

export type RefusalCode = Refusal['refused']

export function isRefusal<Result>(result: Result | Refusal): result is Refusal {
  return typeof result === 'object' && result !== null && 'refused' in result && typeof result.refused === 'string'
}

/** Works; what the target makes impossible, and what others have done to the rotation since, is a refusal. */
export async function orRefusal<Result>(rotation: number, work: () => Promise<Result>): Promise<Result | Refusal> {
  try {
    return await work()
  } catch (error) {
    const refusal = asRefusal(error, rotation)
    if (refusal === undefined) throw error
    return refusal
  }
}

function asRefusal(error: unknown, rotation: number): Refusal | undefined {
  if (error instanceof PlanRefused) return error.refusal
  if (error instanceof RotationGone) return { refused: 'rotationDiscarded' }
  if (error instanceof LeaseLost) return { refused: 'leaseLost', rotation }
  if (error instanceof TargetError) {
    if (error.kind === 'later') return { refused: 'targetLater', reason: error.reason, until: error.until }
    return { refused: error.kind === 'denied' ? 'targetDenied' : 'targetDown', reason: error.reason }
  }
  return undefined
}
