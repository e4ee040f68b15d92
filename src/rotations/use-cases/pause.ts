import type { Rotation } from '../../store/rotations/rotations.ts'
import { currentState, keyOf } from '../lifecycle.ts'
import type { Refusal } from '../refusal.ts'
import { audit, type RotationContext, refuseOtherSite } from './context.ts'

/** Stops a rotation that this process runs, after the batches under way. Resolves when it has stopped. */
export async function pauseRotation(context: RotationContext, rotation: Rotation): Promise<Refusal | null> {
  const { active } = context
  const otherSite = refuseOtherSite(context, rotation.site_url)
  if (otherSite !== undefined) return otherSite
  if (!(await active.stopRun(keyOf(rotation)))) {
    const state = currentState(rotation, active)
    return state === 'running' ? { refused: 'runningElsewhere' } : { refused: 'wrongState', state }
  }
  await audit(context, keyOf(rotation), 'rotation.paused')
  return null
}
