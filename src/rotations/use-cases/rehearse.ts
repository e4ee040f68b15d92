import type { Rotation } from '../../store/rotations/rotations.ts'
import { keyOf } from '../lifecycle.ts'
import { isRefusal, orRefusal, type Refusal } from '../refusal.ts'
import { planToCopy } from '../rehearsal/copy-plan.ts'
import type { RehearsalRequest, Rehearse, Rehearsed } from '../rehearsal/rehearse.ts'
import { audit, type RotationContext, refuseOtherSite } from './context.ts'

/** Carries a plan out against a copy of its site in memory; nothing of it reaches the target, nor the rotation. */
export async function rehearseRotation(
  context: RotationContext,
  rotation: Rotation,
  rehearse: Rehearse,
  request: RehearsalRequest,
): Promise<Rehearsed | Refusal> {
  const { active, store } = context
  const otherSite = refuseOtherSite(context, rotation.site_url)
  if (otherSite !== undefined) return otherSite
  if (rotation.plan_hash === null) return { refused: 'planUnfinished' }
  const giveUp = request.giveUp === undefined ? active.stopping : AbortSignal.any([active.stopping, request.giveUp])
  const rehearsing = orRefusal(rotation.rotation, async () =>
    rehearse(await planToCopy(store.db, rotation), { ...request, giveUp }),
  )
  const rehearsed = await active.untilDone(rehearsing)
  if (isRefusal(rehearsed)) return rehearsed
  const { end, minutes, rooms, verified } = rehearsed
  const detail = { end: end.end, minutes, refused: rooms.refused, wrongs: verified.wrongs }
  await audit(context, keyOf(rotation), 'rotation.rehearsed', detail)
  return rehearsed
}
