/** What a rotation has given to rooms is known to their mirror at once. */
import type { RotationKey } from '../rotations/journal.ts'
import type { Db } from '../tables.ts'
import { mirrorTokenId, recordReadings } from './readings.ts'

/** Until its room is read, a new ID counts as one that is hard to guess. */
const assumedBits = 60

export interface GivenIds extends RotationKey {
  done: { number: number; roomId: string }[]
  trackingId: string | null
  now: number
}

/** In the transaction that records the outcome. Does nothing where the rotated site is no mirror of its target. */
export async function recordGivenIds(db: Db, { siteId, rotation, done, trackingId, now }: GivenIds): Promise<void> {
  const mirror = await db
    .selectFrom('rotation as r')
    .innerJoin('rotated_site as u', 'u.site_id', 'r.site_id')
    .innerJoin('site as s', join => join.onRef('s.url_key', '=', 'u.url_key').onRef('s.target', '=', 'r.target'))
    .select(['s.site_id as siteId', 'r.planned_by as plannedBy'])
    .where('r.site_id', '=', siteId)
    .where('r.rotation', '=', rotation)
    .where('s.record_holder', '=', 'mirrored')
    .executeTakeFirst()
  if (mirror === undefined) return
  // Whoever reads the site waits for this transaction: a write is the lock that every engine has.
  await db
    .updateTable('site_sync')
    .set(eb => ({ round: eb.ref('round') }))
    .where('site_id', '=', mirror.siteId)
    .execute()
  const ids = new Map(done.map(({ number, roomId }) => [number, roomId]))
  const people = await db
    .selectFrom('rotation_item as i')
    .innerJoin('person as p', join => join.onRef('p.person_id', '=', 'i.person_id').on('p.site_id', '=', mirror.siteId))
    .select(['i.number', 'p.person'])
    .where('i.site_id', '=', siteId)
    .where('i.rotation', '=', rotation)
    .where('i.number', 'in', [...ids.keys()])
    .execute()
  await recordReadings(db, {
    siteId: mirror.siteId,
    trackingId: trackingId ?? '',
    readings: people.map(({ number, person }) => ({ person, at: now, id: ids.get(number)!, bits: assumedBits })),
    settleMs: 0,
    now,
    given: { tokenId: mirror.plannedBy ?? mirrorTokenId, rotationId: String(rotation) },
  })
}
