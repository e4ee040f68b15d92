/** What was read of the meetings of a rotation is deleted when it is old, and with the rotation. */
import type { RotationKey } from '../rotations/journal.ts'
import type { Db } from '../tables.ts'

/** Deletes up to `limit` hosts' readings from before a time. Returns how many there were. */
export async function deleteOldMeetingReadings(
  db: Db,
  { before, limit }: { before: number; limit: number },
): Promise<number> {
  const old = await db
    .selectFrom('meeting_reading')
    .select(['site_id as siteId', 'rotation', 'number'])
    .where('read_at', '<', before)
    .orderBy('read_at')
    .limit(limit)
    .execute()
  for (const { number, ...key } of old) await dropReadings(db, key, [number])
  return old.length
}

/** With the lines of a rotation. @param numbers absent for all of them */
export async function dropReadings(db: Db, key: RotationKey, numbers?: number[]): Promise<void> {
  await forgetMeetings(db, key, numbers)
  await db
    .deleteFrom('meeting_reading')
    .where('site_id', '=', key.siteId)
    .where('rotation', '=', key.rotation)
    .$if(numbers !== undefined, rows => rows.where('number', 'in', numbers!))
    .execute()
}

/** Only the meetings: the readings stay. */
export async function forgetMeetings(db: Db, { siteId, rotation }: RotationKey, numbers?: number[]): Promise<void> {
  await db
    .deleteFrom('affected_meeting')
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .$if(numbers !== undefined, rows => rows.where('number', 'in', numbers!))
    .execute()
}
