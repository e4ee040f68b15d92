/** Who had which ID when. Claims are never changed, so the history can be read at any later time. */
import type { ClaimOrigin, Db } from '../tables.ts'

/** One claim of a room: when it carried the ID, and which change gave it. */
export interface Tenancy {
  person: number
  number: number
  /** Null where the room gave up its ID without taking another. */
  id: string | null
  from: number
  /** Null while the room carries it. */
  until: number | null
  /** How the claim is known; null where Roomkey gave the ID. */
  origin: ClaimOrigin | null
  batch: number
  tokenId: string
  /** Null where the change was made without a token, e.g. by an import. */
  tokenName: string | null
  trackingId: string
  rotationId: string | null
}

export interface Holding extends Tenancy {
  personId: string
  email: string
  displayName: string
}

function selectTenancies(db: Db) {
  return db
    .selectFrom('claim as c')
    .leftJoin('claim as later', join =>
      join
        .onRef('later.site_id', '=', 'c.site_id')
        .onRef('later.person', '=', 'c.person')
        .on(({ eb, ref }) => eb('later.number', '=', eb(ref('c.number'), '+', 1))),
    )
    .innerJoin('batch as b', join => join.onRef('b.site_id', '=', 'c.site_id').onRef('b.batch', '=', 'c.batch'))
    .leftJoin('token as t', 't.token_id', 'b.token_id')
    .select([
      'c.person',
      'c.number',
      'c.id',
      'c.at as from',
      'later.at as until',
      'c.origin',
      'c.batch',
      'b.token_id as tokenId',
      't.name as tokenName',
      'b.tracking_id as trackingId',
      'b.rotation_id as rotationId',
    ])
}

/** The number of a person on a site, deleted or not; undefined where there never was one. */
export async function numberOfPerson(db: Db, siteId: number, personId: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('person')
    .select('person')
    .where('site_id', '=', siteId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row?.person
}

/** The IDs that a person's room carried, newest first, older than the claim with this number. */
export async function historyOfPerson(
  db: Db,
  { siteId, person }: { siteId: number; person: number },
  before: number | null,
  limit: number,
): Promise<Tenancy[]> {
  return selectTenancies(db)
    .where('c.site_id', '=', siteId)
    .where('c.person', '=', person)
    .$if(before !== null, claims => claims.where('c.number', '<', before))
    .orderBy('c.number', 'desc')
    .limit(limit)
    .execute()
}

/** The rooms that carried an ID, newest first. Deleted people are included. */
export async function historyOfId(
  db: Db,
  siteId: number,
  key: string,
  before: number | null,
  limit: number,
): Promise<(Holding & { tenure: number })[]> {
  return selectHoldings(db, siteId, key)
    .select('c.tenure')
    .$if(before !== null, claims => claims.where('c.tenure', '<', before))
    .orderBy('c.tenure', 'desc')
    .limit(limit)
    .execute()
}

/**
 * Whose room carried an ID at a time (milliseconds since 1970). At the very moment of a change, it is the new holder's.
 */
export async function holderAt(db: Db, siteId: number, key: string, at: number): Promise<Holding | undefined> {
  const last = await selectHoldings(db, siteId, key)
    .where('c.at', '<=', at)
    .orderBy('c.tenure', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last === undefined || (last.until !== null && last.until <= at) ? undefined : last
}

function selectHoldings(db: Db, siteId: number, key: string) {
  return selectTenancies(db)
    .innerJoin('person as p', join => join.onRef('p.site_id', '=', 'c.site_id').onRef('p.person', '=', 'c.person'))
    .select(['p.person_id as personId', 'p.email', 'p.display_name as displayName'])
    .where('c.site_id', '=', siteId)
    .where('c.key', '=', key)
}

/** One accepted change of rooms on a site. */
export interface Change {
  batch: number
  at: number
  tokenId: string
  tokenName: string | null
  trackingId: string
  rotationId: string | null
  /** The numbers of the people whose rooms it changed. */
  people: number[]
}

/** The changes on a site, newest first, older than this position. */
export async function historyOfSite(
  db: Db,
  siteId: number,
  before: { at: number; batch: number } | null,
  limit: number,
): Promise<Change[]> {
  const rows = await selectChanges(db, siteId)
    .$if(before !== null, batches =>
      batches.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('b.at', 'b.batch'), '<', tuple(before!.at, before!.batch)),
      ),
    )
    .orderBy('b.at', 'desc')
    .orderBy('b.batch', 'desc')
    .limit(limit)
    .execute()
  return rows.map(asChange)
}

export async function findChange(db: Db, siteId: number, batch: number): Promise<Change | undefined> {
  const row = await selectChanges(db, siteId).where('b.batch', '=', batch).executeTakeFirst()
  return row && asChange(row)
}

/** What one change did to one room. */
export interface RoomChange {
  person: number
  personId: string
  email: string
  /** Null where the room had none before. */
  oldId: string | null
  /** Null where the room gave its ID up. */
  newId: string | null
}

/** What a change did to these people's rooms, ordered by person. */
export async function roomChanges(db: Db, siteId: number, batch: number, people: number[]): Promise<RoomChange[]> {
  if (people.length === 0) return []
  return db
    .selectFrom('claim as c')
    .innerJoin('person as p', join => join.onRef('p.site_id', '=', 'c.site_id').onRef('p.person', '=', 'c.person'))
    .leftJoin('claim as earlier', join =>
      join
        .onRef('earlier.site_id', '=', 'c.site_id')
        .onRef('earlier.person', '=', 'c.person')
        .on(({ eb, ref }) => eb('earlier.number', '=', eb(ref('c.number'), '-', 1))),
    )
    .select(['c.person', 'p.person_id as personId', 'p.email', 'earlier.id as oldId', 'c.id as newId'])
    .where('c.site_id', '=', siteId)
    .where('c.person', 'in', people)
    .where('c.batch', '=', batch)
    .orderBy('c.person')
    .execute()
}

function selectChanges(db: Db, siteId: number) {
  return db
    .selectFrom('batch as b')
    .leftJoin('token as t', 't.token_id', 'b.token_id')
    .select([
      'b.batch',
      'b.at',
      'b.token_id as tokenId',
      't.name as tokenName',
      'b.tracking_id as trackingId',
      'b.rotation_id as rotationId',
      'b.people',
    ])
    .where('b.site_id', '=', siteId)
}

function asChange({ people, ...change }: Omit<Change, 'people'> & { people: string | null }): Change {
  return { ...change, people: people === null ? [] : JSON.parse(people) }
}
