/** Which rooms carry an ID that they were given after a rotation: by another rotation, or by somebody else. */
import { roomIdKey } from '../../rooms/room-id.ts'
import { type NewestClaim, newestClaims } from '../../store/history/newest-claims.ts'
import type { Rotation, RotationItem } from '../../store/rotations/rotations.ts'
import type { Db } from '../../store/tables.ts'

/** A room of a rotation that does not show its new ID, and the ID that it shows. */
export interface ShownOtherwise {
  item: Pick<RotationItem, 'number' | 'person_id' | 'email'>
  shown: string
  /** Whether it shows its old ID so soon that this may be a late reading. */
  mayBeLate: boolean
}

/**
 * By the number of the item: the rotation that gave the room the ID that it shows, or null where somebody else did. Rooms
 * of which Roomkey does not know who gave it are missing: sites that are neither held nor mirrored have no history here.
 */
export async function changedSince(
  db: Db,
  rotation: Pick<Rotation, 'rotation' | 'site_url' | 'started_at'>,
  rooms: ShownOtherwise[],
): Promise<Map<number, number | null>> {
  const emails = rooms.map(({ item }) => item.email.toLowerCase())
  const personIds = rooms.flatMap(({ item }) => (item.person_id === '' ? [] : [item.person_id]))
  const claims = await newestClaims(db, rotation.site_url, emails, personIds)
  const since = new Map<number, number | null>()
  for (const { item, shown, mayBeLate } of rooms) {
    const claim = claims.get(item.person_id) ?? claims.get(item.email.toLowerCase())
    if (claim === undefined || !isSince(claim, rotation, shown)) continue
    // What was only read may have been read late, too.
    if (mayBeLate && claim.origin !== null) continue
    since.set(item.number, claim.rotationId === null ? null : Number(claim.rotationId))
  }
  return since
}

function isSince(
  { id, at, rotationId }: NewestClaim,
  { rotation, started_at }: Pick<Rotation, 'rotation' | 'started_at'>,
  shown: string,
): boolean {
  return roomIdKey(id ?? '') === roomIdKey(shown) && at >= (started_at ?? 0) && rotationId !== String(rotation)
}
