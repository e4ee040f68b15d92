/** The rows of people on a page of a target's list: newcomers, and those who were known. */
import type { Selectable } from 'kysely'
import type { Message } from '../../messages/message.ts'
import { unreadPlace } from '../../rooms/reading-order.ts'
import { insertNames, personRow, removeNames, takeNumbers } from '../people/people.ts'
import { toStoredOrNull } from '../stored-message.ts'
import type { Db, Flag, PersonRow } from '../tables.ts'

export interface ListedPerson {
  personId: string
  /** Empty where the list gives none. */
  email: string
  firstName: string
  lastName: string
  displayName: string
  department: string | null
  host: boolean
  /** The room's ID by the list, and what it costs an attacker; null where the list shows none. */
  room: { id: string; bits: number } | null
  /** What is wrong with the entry: what it says of somebody known is not taken over then. Null where nothing is. */
  fault: Message | null
}

export type KnownPerson = Selectable<PersonRow>

/** Which round of the list a page belongs to, and when it was read. */
interface Listing {
  siteId: number
  round: number
  at: number
}

/** Each row has two dozen parameters. */
const rowsPerInsert = 500

export async function addNewcomers(db: Db, { siteId, round, at }: Listing, people: ListedPerson[]): Promise<void> {
  if (people.length === 0) return
  const first = await takeNumbers(db, siteId, people.length)
  const rows = people.map((person, index) => {
    const flags = { username: null, suspended: false, pinned: false }
    return {
      ...personRow(siteId, { ...person, ...flags, person: first + index }, at),
      email_key: keyOf(person),
      ...marksOf(person, round),
      read_place: placeOf(person),
      unread_reason: toStoredOrNull(person.fault),
    }
  })
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    await db
      .insertInto('person')
      .values(rows.slice(start, start + rowsPerInsert))
      .execute()
  }
  await insertNames(
    db,
    siteId,
    people.map((person, index) => ({ ...person, person: first + index })),
  )
}

function marksOf({ host, room }: ListedPerson, round: number) {
  const listedHost: Flag = host ? 1 : 0
  return { listed_round: round, listed_host: listedHost, listed_id: room?.id ?? null }
}

function placeOf(person: ListedPerson): number | null {
  return person.host && person.email !== '' ? unreadPlace(person.room?.bits ?? null) : null
}

export async function updateKnown(
  db: Db,
  { siteId, round, at }: Listing,
  listed: { person: ListedPerson; row: KnownPerson }[],
): Promise<void> {
  const changed = listed.filter(({ person, row }) => person.fault === null && isChanged(person, row))
  const same = new Set(listed.map(({ row }) => row.person))
  for (const { person, row } of changed) {
    same.delete(row.person)
    await db
      .updateTable('person')
      .set({
        email: person.email || row.email,
        email_key: keyOf(person),
        first_name: person.firstName,
        last_name: person.lastName,
        display_name: person.displayName,
        department: person.department,
        ...marksOf(person, round),
        // Whatever has changed about a host, the room's ID may have changed with it.
        ...(person.host ? { host: 1 as const, read_due: at } : {}),
        read_place: newPlace(person, row),
      })
      .where('site_id', '=', siteId)
      .where('person', '=', row.person)
      .execute()
    await changeNames(db, siteId, person, row)
  }
  if (same.size === 0) return
  await db
    .updateTable('person')
    .set({ listed_round: round })
    .where('site_id', '=', siteId)
    .where('person', 'in', [...same])
    .execute()
}

function isChanged(person: ListedPerson, row: KnownPerson): boolean {
  return (
    row.email_key !== keyOf(person) ||
    (person.email !== '' && row.email !== person.email) ||
    hasOtherName(person, row) ||
    row.department !== person.department ||
    row.listed_id !== (person.room?.id ?? null) ||
    row.listed_host !== (person.host ? 1 : 0) ||
    (person.host && row.host === 0)
  )
}

function hasOtherName({ firstName, lastName, displayName }: ListedPerson, row: KnownPerson): boolean {
  return row.first_name !== firstName || row.last_name !== lastName || row.display_name !== displayName
}

function newPlace(person: ListedPerson, row: KnownPerson): number | null {
  if (person.email === '') return null
  if (!person.host) return row.read_place
  return row.seen_at === null ? placeOf(person) : (row.read_place ?? placeOf(person))
}

async function changeNames(db: Db, siteId: number, person: ListedPerson, row: KnownPerson): Promise<void> {
  const isBack = row.email_key === null
  if (!isBack && !hasOtherName(person, row)) return
  const { first_name: firstName, last_name: lastName, display_name: displayName } = row
  if (!isBack) await removeNames(db, siteId, [{ person: row.person, firstName, lastName, displayName }])
  await insertNames(db, siteId, [{ ...person, person: row.person }])
}

/** The key of somebody without an address of their own; no address begins like this. */
export function keyOf({ email, personId }: Pick<ListedPerson, 'email' | 'personId'>): string {
  return email === '' ? `:${personId}` : email.toLowerCase()
}
