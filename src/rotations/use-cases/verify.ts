import type { Rotation } from '../../store/rotations/rotations.ts'
import { type Verified, verifyRooms } from '../afterwards/verify.ts'
import { keyOf } from '../lifecycle.ts'
import { isRefusal, type Refusal } from '../refusal.ts'
import { audit, type RotationContext, readTarget, refuseOtherSite } from './context.ts'

/** Reads every room that a rotation may have changed, in any state of it, and records whether it shows its new ID. */
export async function verifyRotation(
  context: RotationContext,
  rotation: Rotation,
  { onProgress }: { onProgress?: (read: number) => void } = {},
): Promise<Verified | Refusal> {
  const { store } = context
  const key = keyOf(rotation)
  const otherSite = refuseOtherSite(context, rotation.site_url)
  if (otherSite !== undefined) return otherSite
  const verified = await readTarget(context, rotation, ({ client }) =>
    verifyRooms(key, { store, client, now: Date.now, ...(onProgress && { onProgress }) }),
  )
  if (isRefusal(verified)) return verified
  const { changed, notYetVisible, wrongs, open } = verified
  await audit(context, key, 'rotation.verified', { changed, notYetVisible, wrongs, open })
  return verified
}
