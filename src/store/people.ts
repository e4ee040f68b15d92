import { roomIdKey } from '../rooms/room-id.ts'
import type { Origin } from './audit-events.ts'
import { engineOf } from './engines.ts'
import { namePhrases } from './name-phrases.ts'
import type { Db, Mark } from './tables.ts'

export interface NewPerson {
  personId: string
  email: string
  firstName: string
  lastName: string
  displayName: string
  username: string | null
  department: string | null
  host: boolean
  suspended: boolean
  pinned: boolean
  /** The ID that the room has from the start; null for attendees. Must be free on the site. */
  roomId: string | null
}

export interface NewPeople {
  siteId: number
  people: NewPerson[]
  tokenId: string
  trackingId: string
  now: number
}

/** Rows per statement: under every engine's limit of parameters. */
const rowsPerInsert = 1000

/**
 * Adds people whose addresses and IDs the caller knows to be free, with the first claim of each one's room. The unique
 * indexes refuse the rest with an error.
 */
export async function addPeople(db: Db, { siteId, people, tokenId, trackingId, now }: NewPeople): Promise<void> {
  const { last_person: last } = await db
    .updateTable('site')
    .set(eb => ({ last_person: eb('last_person', '+', people.length) }))
    .where('site_id', '=', siteId)
    .returning('last_person')
    .executeTakeFirstOrThrow()
  const numbered = people.map((person, index) => ({ ...person, person: last - people.length + index + 1 }))

  const changed = numbered.filter(({ roomId }) => roomId !== null).map(({ person }) => person)
  const batch = await insertBatch(db, { siteId, tokenId, trackingId, now, people: changed })
  for (let start = 0; start < numbered.length; start += rowsPerInsert) {
    const slice = numbered.slice(start, start + rowsPerInsert)
    await db
      .insertInto('person')
      .values(slice.map(person => personRow(siteId, person, now)))
      .execute()
    const claims = slice.flatMap(({ person, roomId }) =>
      roomId === null
        ? []
        : [{ site_id: siteId, person, number: 1, id: roomId, key: roomIdKey(roomId), tenure: 1, batch, at: now }],
    )
    if (claims.length > 0) await db.insertInto('claim').values(claims).execute()
    await insertNames(db, siteId, slice)
  }
}

/** Makes people findable by their names. */
async function insertNames(db: Db, siteId: number, people: (NewPerson & { person: number })[]): Promise<void> {
  const names = people.flatMap(({ person, ...named }) =>
    namePhrases(named).map(phrase => ({ site_id: siteId, phrase, person })),
  )
  for (let start = 0; start < names.length; start += rowsPerInsert) {
    await db
      .insertInto('person_name')
      .values(names.slice(start, start + rowsPerInsert))
      .execute()
  }
}

/** Records an accepted change of rooms that is not a batch refresh, and gives its number. */
export async function insertBatch(
  db: Db,
  { siteId, tokenId, trackingId, now, people }: Origin & { siteId: number; people: number[] },
): Promise<number> {
  const batch = await engineOf(db).nextBatch(db, siteId)
  await db
    .insertInto('batch')
    .values({
      site_id: siteId,
      batch,
      at: now,
      token_id: tokenId,
      tracking_id: trackingId,
      rotation_id: null,
      people: JSON.stringify(people),
    })
    .execute()
  return batch
}

function personRow(siteId: number, person: NewPerson & { person: number }, now: number) {
  const mark = (flag: boolean): Mark => (flag ? 1 : 0)
  return {
    site_id: siteId,
    person: person.person,
    person_id: person.personId,
    email: person.email,
    email_key: person.email.toLowerCase(),
    first_name: person.firstName,
    last_name: person.lastName,
    display_name: person.displayName,
    username: person.username,
    department: person.department,
    host: mark(person.host),
    suspended: mark(person.suspended),
    pinned: mark(person.pinned),
    created_at: now,
  }
}
