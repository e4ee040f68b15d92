import { type Actor, insertAuditEvent } from '../audit-log/audit-events.ts'
import type { Db } from '../tables.ts'

export interface RoomFlags extends Actor {
  siteId: number
  person: number
  /** The person's e-mail, for the audit log. */
  email: string
  /** Null leaves a flag as it is. */
  suspended: boolean | null
  pinned: boolean | null
}

/** Suspends or pins a room, or lifts either. */
export async function setRoomFlags(db: Db, flags: RoomFlags): Promise<void> {
  const { siteId, person, email, suspended, pinned } = flags
  const changed = {
    ...(suspended === null ? {} : { suspended }),
    ...(pinned === null ? {} : { pinned }),
  }
  if (Object.keys(changed).length === 0) return
  await db
    .updateTable('person')
    .set(Object.fromEntries(Object.entries(changed).map(([flag, on]) => [flag, on ? 1 : 0])))
    .where('site_id', '=', siteId)
    .where('person', '=', person)
    .execute()
  await insertAuditEvent(db, flags, { siteId, action: 'room.marked', subject: email, detail: changed })
}
