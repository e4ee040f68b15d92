import { findDraft } from '../../store/rotations/drafts.ts'
import type { Rotation } from '../../store/rotations/rotations.ts'
import { currentState, isUnplanned, keyOf } from '../lifecycle.ts'
import { readRequest } from '../planning/plan-progress.ts'
import type { Refusal } from '../refusal.ts'
import { type RotationContext, refuseOtherSite } from './context.ts'
import type { Planned, PlanOptions } from './have-plan-made.ts'
import { planRotation, type RotationRequest } from './plan.ts'

/** Goes on with a plan that stopped before its end, with what it has read. */
export async function resumePlan(
  context: RotationContext,
  rotation: Rotation,
  options: PlanOptions = {},
): Promise<Planned | Refusal> {
  const otherSite = refuseOtherSite(context, rotation.site_url)
  if (otherSite !== undefined) return otherSite
  const state = currentState(rotation, context.active)
  if (state !== 'stopped') return { refused: 'wrongState', state }
  const draft = isUnplanned(rotation) ? await findDraft(context.store.db, keyOf(rotation)) : undefined
  if (draft === undefined) return { refused: 'planUnfinished' }
  return planRotation(context, readRequest<RotationRequest>(draft.request), { ...options, stopped: rotation })
}
