import { findRotation, type Rotation } from '../../store/rotations/rotations.ts'
import { currentState, keyOf } from '../lifecycle.ts'
import type { Refusal } from '../refusal.ts'
import { audit, type RotationContext, refuseOtherSite } from './context.ts'

/** Discards a plan that was never started; one that this process still makes is given up first. */
export async function discardRotation(context: RotationContext, rotation: Rotation): Promise<Refusal | null> {
  const { active, store } = context
  const key = keyOf(rotation)
  const otherSite = refuseOtherSite(context, rotation.site_url)
  if (otherSite !== undefined) return otherSite
  const givenUp = await active.giveUpPlan(key, { keep: false })
  if (!givenUp && currentState(rotation, active) === 'planning') return { refused: 'plannedElsewhere' }
  if (!(await store.write('dropRotation', key)) && !givenUp) {
    const there = (await findRotation(store.db, key)) !== undefined
    return { refused: there ? 'alreadyStarted' : 'rotationDiscarded' }
  }
  await audit(context, key, 'rotation.removed')
  return null
}
