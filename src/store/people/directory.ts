/** Reads people together with the ID that their room carries now. */
import { type Selectable, sql } from 'kysely'
import { engineOf } from '../engines.ts'
import type { Db, Flag, PersonRow } from '../tables.ts'
import { foldName, maxPhraseLength, prefixEnd } from './name-phrases.ts'

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
  /** When the room took that ID. */
  claimedAt: number | null
}

type Person = Selectable<PersonRow>

/** The partial indexes for rare conditions that lists are filtered by. */
export type FilterIndex = 'person_attendee' | 'person_suspended' | 'person_pinned' | 'person_department'

/** Everybody who is not deleted, with the newest claim of their room; read by one of the indexes, if it is named. */
export function selectPeople(db: Db, index?: FilterIndex) {
  const alias = index === undefined ? 'p' : `p${engineOf(db).readBy(index)}`
  return db
    .selectFrom(sql<Person>`person`.as<'p'>(sql.raw(alias)))
    .leftJoin('claim as c', join =>
      join
        .onRef('c.site_id', '=', 'p.site_id')
        .onRef('c.person', '=', 'p.person')
        .on('c.number', '=', eb =>
          eb
            .selectFrom('claim as n')
            .select(({ fn }) => fn.max('n.number').as('newest'))
            .whereRef('n.site_id', '=', 'p.site_id')
            .whereRef('n.person', '=', 'p.person'),
        ),
    )
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
      'c.at as claimedAt',
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

/**
 * Where a page ended. It names a position in the order, not a count, so people added or removed in between shift
 * nothing.
 */
export interface DirectoryCursor {
  siteId: number
  /** The name phrase at which the page ended; empty where people are not looked up by name. */
  phrase: string
  person: number
}

export interface DirectoryPage {
  people: DirectoryPerson[]
  /** Null on the last page. */
  next: DirectoryCursor | null
}

/** The people of these sites, site by site, in the order in which they were added. */
export async function listPeople(
  db: Db,
  siteIds: number[],
  after: DirectoryCursor | null,
  limit: number,
): Promise<DirectoryPage> {
  return pageThrough(siteIds, after, limit, (siteId, from, wanted) =>
    selectPeople(db)
      .where('p.site_id', '=', siteId)
      .where('p.person', '>', from.person)
      .orderBy('p.person')
      .limit(wanted)
      .execute()
      .then(people => people.map(person => ({ person, phrase: '' }))),
  )
}

/** The people whose display name starts with these words, ignoring case, accents and punctuation. */
export async function listPeopleByDisplayName(
  db: Db,
  siteIds: number[],
  displayName: string,
  after: DirectoryCursor | null,
  limit: number,
): Promise<DirectoryPage> {
  const prefix = foldName(displayName)
  if (prefix === '') return { people: [], next: null }
  const start = prefix.slice(0, maxPhraseLength)
  const page = await pageThrough(siteIds, after, limit, async (siteId, from, wanted) => {
    const rows = await selectPeople(db)
      .innerJoin('person_name as w', join =>
        join.onRef('w.site_id', '=', 'p.site_id').onRef('w.person', '=', 'p.person'),
      )
      .select('w.phrase')
      .where('w.site_id', '=', siteId)
      .where('w.phrase', '<', prefixEnd(start))
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('w.phrase', 'w.person'), '>', tuple(from.phrase || start, from.person)),
      )
      .orderBy('w.phrase')
      .orderBy('w.person')
      .limit(wanted)
      .execute()
    return rows.map(({ phrase, ...person }) => ({ person, phrase }))
  })
  // A phrase may begin in the middle of a name, or be a family name: those matches are not wanted here.
  return { ...page, people: page.people.filter(person => isNamed(person, displayName)) }
}

/** Whether a display name starts with these words, ignoring case, accents and punctuation. */
export function isNamed(person: DirectoryPerson, displayName: string): boolean {
  return foldName(person.displayName).startsWith(foldName(displayName))
}

interface Found {
  person: DirectoryPerson
  phrase: string
}

async function pageThrough(
  siteIds: number[],
  after: DirectoryCursor | null,
  limit: number,
  read: (siteId: number, from: { phrase: string; person: number }, wanted: number) => Promise<Found[]>,
): Promise<DirectoryPage> {
  const found: Found[] = []
  for (const siteId of siteIds.filter(id => id >= (after?.siteId ?? 0)).sort((a, b) => a - b)) {
    const from = after?.siteId === siteId ? after : { phrase: '', person: 0 }
    found.push(...(await read(siteId, from, limit + 1 - found.length)))
    if (found.length > limit) break
  }
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const more = found.length > limit && last !== undefined
  return {
    people: page.map(({ person }) => person),
    next: more ? { siteId: last.person.siteId, phrase: last.phrase, person: last.person.person } : null,
  }
}
