import type { RotationState } from '../../store/rotations/rotation-tables.ts'
import { getRotation, type Rotation } from '../../store/rotations/rotations.ts'
import type { Verified } from '../afterwards/verified.ts'
import { type VerifyDeps, type VerifyWish, verifyRooms } from '../afterwards/verify.ts'
import { currentState, keyOf, stateOfWhole } from '../lifecycle.ts'
import { isRefusal, type Refusal } from '../refusal.ts'
import { audit, type RotationContext, readTarget, refuseOtherSite } from './context.ts'
import { mirrorOf } from './mirror-of.ts'

/** `state`: of the rotation when all was read; its result is not final before it has finished. */
export type VerifiedRotation = Verified & { state: RotationState }

/** Reads the rooms that a rotation may have changed, all unless wished otherwise, and records whether they show their new ID. */
export async function verifyRotation(
  context: RotationContext,
  rotation: Rotation,
  { onProgress, wish }: { onProgress?: (read: number) => void; wish?: VerifyWish | undefined } = {},
): Promise<VerifiedRotation | Refusal> {
  const { store, active } = context
  const key = keyOf(rotation)
  const otherSite = refuseOtherSite(context, rotation.site_url)
  if (otherSite !== undefined) return otherSite
  const before = stateOfWhole(rotation, active)
  if (before === 'planning' || before === 'failed' || before === 'planned')
    return { refused: 'wrongState', state: before }
  const mirror = await mirrorOf(context, rotation)
  const onReading: VerifyDeps['onReading'] =
    mirror && (({ personId }, reading, at) => mirror.save(personId, reading, at))
  const verified = await readTarget(context, rotation, ({ client }) =>
    verifyRooms(key, { store, client, now: Date.now, onReading, ...(onProgress && { onProgress }) }, wish),
  )
  if (isRefusal(verified)) return verified
  const { wrong: _, unreadable: __, list, ...counts } = verified
  await audit(context, key, 'rotation.verified', { ...counts, listVerdict: list?.verdict ?? null })
  return { ...verified, state: currentState(await getRotation(store.db, key), active) }
}
