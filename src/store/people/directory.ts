/** Reads people together with the ID that their room carries now. */
import { sql } from 'kysely'
import type { StoredMessage } from '../stored-message.ts'
import type { Db, Flag } from '../tables.ts'
import { foldName } from './name-phrases.ts'
import { type FilterIndex, peopleWithRooms } from './people-with-rooms.ts'

export interface DirectoryPerson {
  siteId: number
  person: number
  personId: string
  email: string
  firstName: string
  lastName: string
  displayName: string
  username: string | null
  department: string | null
  host: Flag
  suspended: Flag
  pinned: Flag
  createdAt: number
  /** Null for attendees, and for rooms that gave up their ID. */
  roomId: string | null
  /** When the room took that ID; null where nobody knows, because it had it when it was first read. */
  claimedAt: number | null
  /** The rotation that gave the room that ID; null where none did. */
  rotationId: string | null
  /** On a mirrored site, when the room was last read, and why the last attempt failed. */
  seenAt: number | null
  unreadReason: StoredMessage | null
}

/** Since when a room is known to have its ID is not when it took it, where the first reading of it found it. */
export const claimedAt = sql<number | null>`case when c.origin = 'observed' and c.number = 1 then null else c.at end`

/** Which rotation gave a room the ID that it carries. */
export const rotationOfClaim = sql<
  string | null
>`(select b.rotation_id from batch as b where b.site_id = c.site_id and b.batch = c.batch)`

/** Everybody who is not deleted, with the newest claim of their room; read by one of the indexes, if it is named. */
export function selectPeople(db: Db, index?: FilterIndex) {
  return peopleWithRooms(db, index)
    .where('p.email_key', 'is not', null)
    .select([
      'p.site_id as siteId',
      'p.person',
      'p.person_id as personId',
      'p.email',
      'p.first_name as firstName',
      'p.last_name as lastName',
      'p.display_name as displayName',
      'p.username',
      'p.department',
      'p.host',
      'p.suspended',
      'p.pinned',
      'p.created_at as createdAt',
      'c.id as roomId',
      claimedAt.as('claimedAt'),
      rotationOfClaim.as('rotationId'),
      'p.seen_at as seenAt',
      'p.unread_reason as unreadReason',
    ])
}

/** The accounts with an address, ordered by site. E-mails are compared without regard to case. */
export async function findByEmail(db: Db, siteIds: number[], email: string): Promise<DirectoryPerson[]> {
  if (siteIds.length === 0) return []
  return selectPeople(db)
    .where('p.site_id', 'in', siteIds)
    .where('p.email_key', '=', email.toLowerCase())
    .orderBy('p.site_id')
    .execute()
}

export async function findByPersonIds(db: Db, siteIds: number[], personIds: string[]): Promise<DirectoryPerson[]> {
  if (siteIds.length === 0 || personIds.length === 0) return []
  return selectPeople(db)
    .where('p.site_id', 'in', siteIds)
    .where('p.person_id', 'in', personIds)
    .orderBy('p.site_id')
    .execute()
}

/** Whether a display name starts with these words, ignoring case, accents and punctuation. */
export function isNamed(person: DirectoryPerson, displayName: string): boolean {
  return foldName(person.displayName).startsWith(foldName(displayName))
}
