/** Readings that a plan, a run or a verification has made, for the mirror of their target: nobody holds its lease for them. */
import { emailKey } from '../../rooms/email-address.ts'
import { peopleWithRooms } from '../people/people-with-rooms.ts'
import type { Db } from '../tables.ts'
import { type Recorded, recordReadings } from './readings.ts'
import { setSync } from './sync-state.ts'

/** What a mirror knows of somebody's room. */
export interface MirroredRoom {
  person: number
  personId: string
  email: string
  firstName: string
  lastName: string
  /** Null where it is not known. */
  roomId: string | null
  /** When it was last read; null where it was not, or where what was read is void. */
  seenAt: number | null
}

/** The hosts of a mirrored site who have these person IDs or e-mail addresses. */
export async function mirroredRooms(
  db: Db,
  siteId: number,
  names: { personIds: string[] } | { emails: string[] },
): Promise<MirroredRoom[]> {
  const [column, values] =
    'personIds' in names
      ? (['p.person_id', names.personIds] as const)
      : (['p.email_key', names.emails.map(emailKey)] as const)
  if (values.length === 0) return []
  return peopleWithRooms(db)
    .select(['p.person', 'p.person_id as personId', 'p.email', 'p.first_name as firstName', 'p.last_name as lastName'])
    .select(['c.id as roomId', 'p.seen_at as seenAt'])
    .where('p.site_id', '=', siteId)
    .where('p.email_key', 'is not', null)
    .where('p.host', '=', 1)
    .where(column, 'in', values)
    .execute()
}

/**
 * Saves readings, whoever reads the site meanwhile. Gives those that are not believed, because they may be of before a
 * change that the mirror knows, with the ID that holds.
 */
export async function saveReadingsBeside(db: Db, readings: Recorded): Promise<{ person: number; id: string | null }[]> {
  // Whoever reads the site waits for this transaction: a write is the lock that every engine has.
  await db
    .updateTable('site_sync')
    .set(eb => ({ round: eb.ref('round') }))
    .where('site_id', '=', readings.siteId)
    .execute()
  const { doubted } = await recordReadings(db, readings)
  await setSync(db, readings.siteId, { last_read_at: readings.now })
  return doubted
}
