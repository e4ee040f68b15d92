import { roomIdKey } from '../../rooms/room-id.ts'
import { insertBatch } from '../refresh/changes.ts'
import type { Db, Flag } from '../tables.ts'
import { type Named, namePhrases } from './name-phrases.ts'

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
  /** The room's first ID; null for attendees. Must be free on the site. */
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
 * Adds people, each with the first claim of their room. The caller knows that addresses and IDs are free; where one is
 * not, the unique indexes raise an error.
 */
export async function addPeople(db: Db, { siteId, people, tokenId, trackingId, now }: NewPeople): Promise<void> {
  const first = await takeNumbers(db, siteId, people.length)
  const numbered = people.map((person, index) => ({ ...person, person: first + index }))
  const claims = numbered.flatMap(({ person, roomId }) =>
    roomId === null ? [] : [{ person, number: 1, id: roomId, key: roomIdKey(roomId), tenure: 1 }],
  )
  await insertPeople(db, siteId, numbered, now)
  await insertBatch(db, { siteId, tokenId, trackingId, now }, claims)
}

/** Reserves `count` person numbers of a site, and returns the first of them. */
export async function takeNumbers(db: Db, siteId: number, count: number): Promise<number> {
  const { last_person: last } = await db
    .updateTable('site_people')
    .set(eb => ({ last_person: eb('last_person', '+', count) }))
    .where('site_id', '=', siteId)
    .returning('last_person')
    .executeTakeFirstOrThrow()
  return last - count + 1
}

/** The highest person number given out on the site. */
export async function lastPerson(db: Db, siteId: number): Promise<number> {
  const { last_person: last } = await db
    .selectFrom('site_people')
    .select('last_person')
    .where('site_id', '=', siteId)
    .executeTakeFirstOrThrow()
  return last
}

/** Inserts people who already have numbers, and indexes their names for search. */
export async function insertPeople(
  db: Db,
  siteId: number,
  people: (Omit<NewPerson, 'roomId'> & { person: number })[],
  now: number,
): Promise<void> {
  for (let start = 0; start < people.length; start += rowsPerInsert) {
    const slice = people.slice(start, start + rowsPerInsert)
    await db
      .insertInto('person')
      .values(slice.map(person => personRow(siteId, person, now)))
      .execute()
    await insertNames(db, siteId, slice)
  }
}

/** Indexes people's names for search. */
export async function insertNames(db: Db, siteId: number, people: (Named & { person: number })[]): Promise<void> {
  const names = people.flatMap(({ person, ...named }) =>
    namePhrases(named).map(phrase => ({ site_id: siteId, phrase, person })),
  )
  // In the order of the index, so that each of its pages is visited once.
  names.sort((one, other) => (one.phrase < other.phrase ? -1 : one.phrase > other.phrase ? 1 : 0))
  for (let start = 0; start < names.length; start += rowsPerInsert) {
    await db
      .insertInto('person_name')
      .values(names.slice(start, start + rowsPerInsert))
      .execute()
  }
}

/** Nobody finds these people by these names any more. */
export async function removeNames(db: Db, siteId: number, people: (Named & { person: number })[]): Promise<void> {
  const phrases = [...new Set(people.flatMap(namePhrases))]
  if (phrases.length === 0) return
  await db
    .deleteFrom('person_name')
    .where('site_id', '=', siteId)
    .where('phrase', 'in', phrases)
    .where(
      'person',
      'in',
      people.map(({ person }) => person),
    )
    .execute()
}

export function personRow(siteId: number, person: Omit<NewPerson, 'roomId'> & { person: number }, now: number) {
  const asFlag = (is: boolean): Flag => (is ? 1 : 0)
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
    host: asFlag(person.host),
    suspended: asFlag(person.suspended),
    pinned: asFlag(person.pinned),
    created_at: now,
  }
}
