import { getRotation, type Rotation } from '../../store/rotations/rotations.ts'
import { currentState, keyOf } from '../lifecycle.ts'
import { orRefusal, type Refusal } from '../refusal.ts'
import { type RotationContext, refuseOtherSite } from './context.ts'

/** Approves a plan as a second administrator: by another person than the one who had it planned. */
export async function approveRotation(context: RotationContext, rotation: Rotation): Promise<Refusal | null> {
  const { actor, active, store } = context
  const otherSite = refuseOtherSite(context, rotation.site_url)
  if (otherSite !== undefined) return otherSite
  const { tokenId, trackingId } = actor
  const key = keyOf(rotation)
  return orRefusal(rotation.rotation, async (): Promise<Refusal | null> => {
    switch (await store.write('approveRotation', { ...key, tokenId, trackingId, now: Date.now() })) {
      case 'approved':
        return null
      case 'samePerson':
        return { refused: 'approveOwnPlan' }
      case 'notPlanned':
        return { refused: 'approveWrongState', state: currentState(await getRotation(store.db, key), active) }
    }
  })
}
