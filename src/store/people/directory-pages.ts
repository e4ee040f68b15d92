/** Lists people page by page. */
import type { Db } from '../tables.ts'
import { type DirectoryPerson, findByPersonIds, isNamed, selectPeople } from './directory.ts'
import { foldName, maxPhraseLength, prefixEnd } from './name-phrases.ts'

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

/**
 * The people of these sites, site by site, in the order in which they were added. Somebody with accounts on several
 * sites is listed once, with the first of them.
 */
export async function listPeople(
  db: Db,
  siteIds: number[],
  after: DirectoryCursor | null,
  limit: number,
): Promise<DirectoryPage> {
  return pageThrough(siteIds, after, limit, async (siteId, from, wanted) => {
    const earlier = siteIds.filter(id => id < siteId)
    const people = await selectPeople(db)
      .where('p.site_id', '=', siteId)
      .where('p.person', '>', from.person)
      .$if(earlier.length > 0, query =>
        query.where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('person as e')
                .select('e.person')
                .whereRef('e.person_id', '=', 'p.person_id')
                .where('e.site_id', 'in', earlier)
                .where('e.email_key', 'is not', null),
            ),
          ),
        ),
      )
      .orderBy('p.person')
      .limit(wanted)
      .execute()
    return people.map(person => ({ person, phrase: '' }))
  })
}

/**
 * The people whose display name starts with these words, ignoring case, accents and punctuation: each once, with the
 * first of the sites where the name does. A page is full unless it is the last.
 */
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
  return pageThrough(siteIds, after, limit, async (siteId, from, wanted) => {
    const earlier = siteIds.filter(id => id < siteId)
    const listed: Found[] = []
    let size = wanted
    for (let at: Place | null = from; at !== null && listed.length < wanted; ) {
      const found = await readPhrases(db, siteId, start, at, size)
      const named = found.filter(({ person, phrase }) => isNamed(person, displayName) && isWholeName(person, phrase))
      listed.push(...(await notListedEarlier(db, earlier, displayName, named)))
      const last = found.length < size ? undefined : found.at(-1)
      at = last === undefined ? null : { phrase: last.phrase, person: last.person.person }
      size = Math.min(size * 4, mostPerRead)
    }
    return listed.slice(0, wanted)
  })
}

interface Place {
  phrase: string
  person: number
}

/** Of phrases: a name may be the family name of many, who are all read before the first who has it in front. */
const mostPerRead = 1000

/** The next of those who have a phrase that starts like this, in the order of the index. */
async function readPhrases(db: Db, siteId: number, start: string, from: Place, limit: number): Promise<Found[]> {
  const rows = await selectPeople(db)
    .innerJoin('person_name as w', join => join.onRef('w.site_id', '=', 'p.site_id').onRef('w.person', '=', 'p.person'))
    .select('w.phrase')
    .where('w.site_id', '=', siteId)
    .where('w.phrase', '<', prefixEnd(start))
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple('w.phrase', 'w.person'), '>', tuple(from.phrase || start, from.person)),
    )
    .orderBy('w.phrase')
    .orderBy('w.person')
    .limit(limit)
    .execute()
  return rows.map(({ phrase, ...person }) => ({ person, phrase }))
}

/** Everybody has this phrase once. The others begin in the middle of a name, or are a first or last name. */
function isWholeName({ displayName }: DirectoryPerson, phrase: string): boolean {
  return phrase === foldName(displayName).slice(0, maxPhraseLength)
}

/** Without those who have an account on an earlier site under a name that starts like this, too. */
async function notListedEarlier(db: Db, earlier: number[], displayName: string, found: Found[]): Promise<Found[]> {
  const ids = found.map(({ person }) => person.personId)
  const accounts = await findByPersonIds(db, earlier, ids)
  const listed = new Set(accounts.filter(each => isNamed(each, displayName)).map(({ personId }) => personId))
  return found.filter(({ person }) => !listed.has(person.personId))
}

interface Found {
  person: DirectoryPerson
  phrase: string
}

async function pageThrough(
  siteIds: number[],
  after: DirectoryCursor | null,
  limit: number,
  read: (siteId: number, from: Place, wanted: number) => Promise<Found[]>,
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
