/**
 * Finds rooms by what an administrator types: the beginning of an e-mail address, of any word of a name, or of an ID.
 *
 * Each of the three is a range of an index, read in order from where the last page ended; somebody found by an earlier
 * range is left out of the later ones. Conditions that no index covers are checked row by row, and no page looks at
 * more than `maxInspected` rows: it may come back short, or even empty, with the cursor for the next page.
 */
import { type RawBuilder, sql } from 'kysely'
import { type DirectoryPerson, selectPeople } from '../people/directory.ts'
import { foldName, maxPhraseLength, namePhrases, prefixEnd } from '../people/name-phrases.ts'
import type { FilterIndex } from '../people/people-with-rooms.ts'
import type { Db, Flag } from '../tables.ts'

export interface RoomQuery {
  siteId: number
  /** What was typed; empty for every room. */
  words: string
  host: Flag | null
  suspended: Flag | null
  pinned: Flag | null
  department: string | null
  /** Only rooms that took their ID at this time or before, in milliseconds since 1970. */
  claimedBefore: number | null
  /** Further conditions on each room; null for none. */
  also: ((person: DirectoryPerson) => boolean) | null
}

/** Where a page ended: in which range, at which key, at which person. */
export interface RoomCursor {
  range: number
  key: string
  person: number
}

export interface RoomPage {
  rooms: DirectoryPerson[]
  /** Null on the last page. */
  next: RoomCursor | null
}

/** The most rows that one page looks at, however few of them match. */
const maxInspected = 100

interface Row {
  key: string
  person: DirectoryPerson
}

/** A part of the answer, with an order of its own. */
interface Range {
  read(after: { key: string; person: number }, wanted: number): Promise<Row[]>
  matches(row: Row): boolean
}

export async function searchRooms(
  db: Db,
  query: RoomQuery,
  after: RoomCursor | null,
  limit: number,
): Promise<RoomPage> {
  const ranges = rangesOf(db, query)
  const budget = Math.max(maxInspected, limit + 1)
  const rooms: DirectoryPerson[] = []
  let lookedAt = 0
  let place = after ?? { range: 0, key: '', person: 0 }

  while (place.range < ranges.length) {
    const range = ranges[place.range]!
    const wanted = Math.min(Math.max(limit - rooms.length + 1, lookedAt), budget - lookedAt)
    const rows = await range.read(place, wanted)
    for (const row of rows) {
      if (rooms.length === limit) return { rooms, next: place }
      lookedAt += 1
      place = { range: place.range, key: row.key, person: row.person.person }
      if (matches(query, row.person) && range.matches(row)) rooms.push(row.person)
    }
    if (rows.length < wanted) place = { range: place.range + 1, key: '', person: 0 }
    else if (lookedAt >= budget) return { rooms, next: place }
  }
  return { rooms, next: null }
}

function rangesOf(db: Db, query: RoomQuery): Range[] {
  const { siteId } = query
  const typed = query.words.trim().toLowerCase()
  if (typed === '') return [everybody(db, query)]

  const folded = foldName(typed)
  const words = folded.split(' ')
  const whole = folded.slice(0, maxPhraseLength)
  const longest = words.reduce((a, b) => (b.length > a.length ? b : a)).slice(0, maxPhraseLength)
  const byEmail = (person: DirectoryPerson) => person.email.toLowerCase().startsWith(typed)
  const byName = (person: DirectoryPerson) => {
    const phrases = namePhrases(person)
    return folded !== '' && words.every(word => phrases.some(phrase => phrase.startsWith(word)))
  }
  // Where somebody has several phrases in a range, the first of them counts.
  const inOrder: Range = {
    read: (place, wanted) => readByName(db, siteId, whole, place, wanted),
    matches: ({ key, person }) => !byEmail(person) && firstPhrase(person, whole) === key,
  }
  const scattered: Range = {
    read: (place, wanted) => readByName(db, siteId, longest, place, wanted),
    matches: ({ key, person }) =>
      !byEmail(person) &&
      firstPhrase(person, whole) === undefined &&
      byName(person) &&
      firstPhrase(person, longest) === key,
  }
  return [
    { read: (place, wanted) => readByEmail(db, siteId, typed, place, wanted), matches: () => true },
    ...(whole === '' ? [] : [inOrder]),
    ...(words.length > 1 ? [scattered] : []),
    {
      read: (place, wanted) => readById(db, siteId, typed, place, wanted),
      matches: ({ person }) => !byEmail(person) && !byName(person),
    },
  ]
}

function firstPhrase(person: DirectoryPerson, start: string): string | undefined {
  return namePhrases(person)
    .filter(phrase => phrase.startsWith(start))
    .reduce<string | undefined>(
      (first, phrase) => (first === undefined || isBefore(phrase, first) ? phrase : first),
      undefined,
    )
}

/** In the order of the database, which compares bytes and not UTF-16. */
function isBefore(one: string, other: string): boolean {
  return Buffer.compare(Buffer.from(one), Buffer.from(other)) < 0
}

/** The conditions on each row. Where an index covers one, the rows already meet it. */
function matches(query: RoomQuery, person: DirectoryPerson): boolean {
  return (
    (query.host === null || person.host === query.host) &&
    (query.suspended === null || person.suspended === query.suspended) &&
    (query.pinned === null || person.pinned === query.pinned) &&
    (query.department === null || person.department === query.department) &&
    (query.claimedBefore === null || (person.claimedAt !== null && person.claimedAt <= query.claimedBefore)) &&
    (query.also === null || query.also(person))
  )
}

/** The flag's value is written into the statement: a partial index is not used for a parameter. */
function literal(flag: Flag): RawBuilder<Flag> {
  return sql.lit(flag)
}

function everybody(db: Db, { siteId, host, suspended, pinned, department }: RoomQuery): Range {
  const filterIndex: FilterIndex | undefined =
    suspended === 1
      ? 'person_suspended'
      : pinned === 1
        ? 'person_pinned'
        : department !== null
          ? 'person_department'
          : host === 0
            ? 'person_attendee'
            : undefined
  return {
    matches: () => true,
    async read({ person }, wanted) {
      const rows = await selectPeople(db, filterIndex)
        .where('p.site_id', '=', siteId)
        .where('p.person', '>', person)
        .$if(host === 0, people => people.where('p.host', '=', literal(0)))
        .$if(suspended === 1, people => people.where('p.suspended', '=', literal(1)))
        .$if(pinned === 1, people => people.where('p.pinned', '=', literal(1)))
        .$if(department !== null, people => people.where('p.department', '=', department))
        .orderBy('p.person')
        .limit(wanted)
        .execute()
      return rows.map(each => ({ key: '', person: each }))
    },
  }
}

/** One bound and not two: SQLite would begin at the lower of them. */
function lowerBound(start: string, after: string): ['>' | '>=', string] {
  return after === '' ? ['>=', start] : ['>', after]
}

async function readByEmail(
  db: Db,
  siteId: number,
  start: string,
  after: { key: string },
  wanted: number,
): Promise<Row[]> {
  const rows = await selectPeople(db)
    .select('p.email_key')
    .where('p.site_id', '=', siteId)
    .where('p.email_key', ...lowerBound(start, after.key))
    .where('p.email_key', '<', prefixEnd(start))
    .orderBy('p.email_key')
    .limit(wanted)
    .execute()
  return rows.map(({ email_key, ...person }) => ({ key: email_key!, person }))
}

async function readByName(
  db: Db,
  siteId: number,
  start: string,
  after: { key: string; person: number },
  wanted: number,
): Promise<Row[]> {
  const rows = await selectPeople(db)
    .innerJoin('person_name as w', join => join.onRef('w.site_id', '=', 'p.site_id').onRef('w.person', '=', 'p.person'))
    .select('w.phrase')
    .where('w.site_id', '=', siteId)
    .where('w.phrase', '<', prefixEnd(start))
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple('w.phrase', 'w.person'), '>', tuple(after.key || start, after.person)),
    )
    .orderBy('w.phrase')
    .orderBy('w.person')
    .limit(wanted)
    .execute()
  return rows.map(({ phrase, ...person }) => ({ key: phrase, person }))
}

/** An ID is somebody's current one when the claim on it is the newest of its holder. */
async function readById(db: Db, siteId: number, start: string, after: { key: string }, wanted: number): Promise<Row[]> {
  const rows = await selectPeople(db)
    .select('c.key')
    .where('c.site_id', '=', siteId)
    .where('c.key', ...lowerBound(start, after.key))
    .where('c.key', '<', prefixEnd(start))
    .orderBy('c.key')
    .limit(wanted)
    .execute()
  return rows.map(({ key, ...person }) => ({ key: key!, person }))
}
