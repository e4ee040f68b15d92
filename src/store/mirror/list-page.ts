/**
 * One page of a target's list of people, saved in one transaction with where the list continues. Who has left, and who is
 * a host no more, is decided at its end (list-end.ts): until then, somebody missing may be on a later page.
 */
import { sql } from 'kysely'
import type { Db } from '../tables.ts'
import { addNewcomers, type KnownPerson, keyOf, type ListedPerson, updateKnown } from './listed-people.ts'
import { type Reading, recordReadings } from './readings.ts'
import { holdSync, type Reader, type Sync, setSync } from './sync-state.ts'

export interface ListPage extends Reader {
  trackingId: string
  round: number
  /** Those of the site, no two with the same person ID. */
  people: ListedPerson[]
  /** The person IDs of the others: who is known on the site has left it. */
  elsewhere: string[]
  /** Those whose entry does not say of which sites: who is known on the site stays as they are. */
  unclear: string[]
  /** Entries that say too little to be anybody on the site. */
  oddEntries: number
  /** Where the list continues; null at its end. */
  next: string | null
  /** When the page was read. */
  at: number
  /** How long a reading may show what was there before a change; null where the list shows no room as it is now. */
  fresh: { settleMs: number } | null
}

/** What stands for the place where a list continues, once it has been read to its end. */
export const endOfList = ''

/** Begins a round of the list, or goes on with one. Undefined where another process reads the site by now. */
export async function beginRound(db: Db, reader: Reader & { fromStart: boolean }): Promise<Sync | undefined> {
  if (!(await holdSync(db, reader))) return undefined
  const sync = await db
    .selectFrom('site_sync')
    .selectAll()
    .where('site_id', '=', reader.siteId)
    .executeTakeFirstOrThrow()
  if (sync.phase === 'list' && !reader.fromStart) return sync
  const begun = {
    phase: 'list' as const,
    // A list that is read from its beginning again within a round names some people twice, which does no harm.
    round: sync.phase === 'list' ? sync.round : sync.round + 1,
    known: sync.phase === 'list' ? sync.known : await countPeople(db, reader.siteId),
    list_next: null,
    listed: 0,
    odd_entries: 0,
  }
  await setSync(db, reader.siteId, begun)
  return { ...sync, ...begun }
}

/** Undefined where another process reads the site by now. */
export async function saveListPage(db: Db, page: ListPage): Promise<{ changed: number } | undefined> {
  if (!(await holdSync(db, page))) return undefined
  const { siteId } = page
  const people = withOwnAddress(page.people)
  const known = await rowsOf(db, page, people)
  await freeAddresses(db, siteId, people, known)
  const newcomers = people.filter(({ personId }) => !known.has(personId))
  await addNewcomers(db, page, newcomers)
  await updateKnown(
    db,
    page,
    people.flatMap(person => {
      const row = known.get(person.personId)
      return row === undefined ? [] : [{ person, row }]
    }),
  )
  await markElsewhere(db, page)
  const { changed } = await readFromList(db, page, people)
  await db
    .updateTable('site_sync')
    .set(({ eb }) => ({
      list_next: page.next ?? endOfList,
      listed: eb('listed', '+', people.length),
      odd_entries: eb('odd_entries', '+', page.oddEntries),
      last_read_at: page.at,
    }))
    .where('site_id', '=', siteId)
    .execute()
  return { changed }
}

/** An address that is listed twice belongs to the first; the others have none that a room could be read by. */
function withOwnAddress(people: ListedPerson[]): ListedPerson[] {
  const addresses = new Set<string>()
  return people.map(person => {
    const key = person.email.toLowerCase()
    if (key === '' || addresses.has(key)) return { ...person, email: '' }
    addresses.add(key)
    return person
  })
}

async function rowsOf(db: Db, { siteId }: Reader, people: ListedPerson[]): Promise<Map<string, KnownPerson>> {
  if (people.length === 0) return new Map()
  const ids = people.map(({ personId }) => personId)
  const rows = await db
    .selectFrom('person')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('person_id', 'in', ids)
    .execute()
  return new Map(rows.map(row => [row.person_id, row]))
}

/** Addresses that go to somebody else on this page are taken from whoever has them; a later page may name their new one. */
async function freeAddresses(
  db: Db,
  siteId: number,
  people: ListedPerson[],
  known: Map<string, KnownPerson>,
): Promise<void> {
  const wanted = new Map(people.map(person => [keyOf(person), person.personId]))
  if (wanted.size === 0) return
  const holders = await db
    .selectFrom('person')
    .select(['person', 'person_id', 'email_key'])
    .where('site_id', '=', siteId)
    .where('email_key', 'in', [...wanted.keys()])
    .execute()
  const evicted = holders.filter(({ person_id, email_key }) => wanted.get(email_key!) !== person_id)
  const moving = people.flatMap(person => {
    const row = known.get(person.personId)
    return person.fault === null && row !== undefined && row.email_key !== null && row.email_key !== keyOf(person)
      ? [row.person]
      : []
  })
  const numbers = [...new Set([...evicted.map(({ person }) => person), ...moving])]
  if (numbers.length === 0) return
  await db
    .updateTable('person')
    .set({ email_key: sql`':' || person_id`, read_place: null, read_due: null })
    .where('site_id', '=', siteId)
    .where('person', 'in', numbers)
    .execute()
}

/** Listed without this site, so neither a host nor an attendee here; or listed without a word about sites. */
async function markElsewhere(db: Db, { siteId, round, elsewhere, unclear }: ListPage): Promise<void> {
  if (unclear.length > 0) {
    await db
      .updateTable('person')
      .set({ listed_round: round })
      .where('site_id', '=', siteId)
      .where('person_id', 'in', unclear)
      .execute()
  }
  if (elsewhere.length === 0) return
  await db
    .updateTable('person')
    .set({ listed_round: round, listed_host: null })
    .where('site_id', '=', siteId)
    .where('person_id', 'in', elsewhere)
    .execute()
}

/** Where the list shows rooms as they are now, a page of it is a reading of each of them. */
async function readFromList(db: Db, page: ListPage, people: ListedPerson[]): Promise<{ changed: number }> {
  const { fresh, at } = page
  if (fresh === null) return { changed: 0 }
  const rows = await rowsOf(db, page, people)
  const readings = people.flatMap(({ personId, host, email, room }): Reading[] =>
    host && email !== '' && room !== null ? [{ person: rows.get(personId)!.person, at, ...room }] : [],
  )
  return recordReadings(db, { ...page, readings, settleMs: fresh.settleMs })
}

/** How many people of a site are not removed. */
export async function countPeople(db: Db, siteId: number): Promise<number> {
  const { people } = await db
    .selectFrom('person')
    .select(({ fn }) => fn.countAll<number>().as('people'))
    .where('site_id', '=', siteId)
    .where('email_key', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(people)
}
