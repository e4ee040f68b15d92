/** Which rooms of a mirrored site are to be read next, and how fresh what was read is. */
import { sql } from 'kysely'
import { endOfUnread, lanes, laneToRead, type ReadLane, timeOfPlace } from '../../rooms/reading-order.ts'
import { peopleWithRooms } from '../people/people-with-rooms.ts'
import type { Db } from '../tables.ts'

export interface RoomToRead {
  person: number
  personId: string
  email: string
  firstName: string
  lastName: string
  /** Whether it was ever read, the ID that it was last seen with, and the one that the list shows; null where there is none. */
  claims: number | null
  knownId: string | null
  listedId: string | null
}

export interface ReadingQuestion {
  siteId: number
  now: number
  /** Rooms are read again that were last read, or tried, before this time. */
  before: number
  limit: number
}

/** The next rooms, in order: those in a hurry, those not read yet, and those read longest ago. */
export async function nextRooms(db: Db, question: ReadingQuestion): Promise<RoomToRead[]> {
  const { siteId, now, before, limit } = question
  const due = await selectRooms(db, siteId).where('p.read_due', '<=', now).orderBy('p.read_due').limit(limit).execute()
  if (due.length > 0) return due
  const unread = await fromPlace(db, question, 0, endOfUnread, limit)
  if (unread.length > 0) return unread

  const firsts: Partial<Record<ReadLane, number>> = {}
  for (const lane of ['weak', 'other', 'failed'] as const) {
    const [first] = await fromPlace(db, question, lanes[lane], lanes[lane] + before, 1)
    if (first !== undefined) firsts[lane] = first.place
  }
  const lane = laneToRead(firsts, now)
  return lane === undefined ? [] : fromPlace(db, question, lanes[lane], lanes[lane] + before, limit)
}

function fromPlace(db: Db, { siteId, now }: ReadingQuestion, from: number, to: number, limit: number) {
  return selectRooms(db, siteId)
    .select('p.read_place as place')
    .$narrowType<{ place: number }>()
    .where('p.read_place', '>=', from)
    .where('p.read_place', '<', to)
    .where(({ or, eb }) => or([eb('p.read_due', 'is', null), eb('p.read_due', '<=', now)]))
    .orderBy('p.read_place')
    .limit(limit)
    .execute()
}

function selectRooms(db: Db, siteId: number) {
  return peopleWithRooms(db)
    .select(['p.person', 'p.person_id as personId', 'p.email', 'p.first_name as firstName', 'p.last_name as lastName'])
    .select(['c.number as claims', 'c.id as knownId', 'p.listed_id as listedId'])
    .where('p.site_id', '=', siteId)
    .where('p.read_place', 'is not', null)
}

export interface Freshness {
  /** Rooms that are to be read, how many of these have not been, and how many could not be at the last attempt. */
  rooms: number
  unread: number
  failed: number
  /** The last and the longest ago of the readings, in milliseconds since 1970; null where there is none. */
  newestAt: number | null
  oldestAt: number | null
}

export async function freshnessOf(db: Db, siteId: number): Promise<Freshness> {
  const places = () => db.selectFrom('person').where('site_id', '=', siteId).where('read_place', 'is not', null)
  const { rooms, unread, failed } = await places()
    .select(({ fn }) => fn.countAll<number>().as('rooms'))
    .select(sql<number>`count(case when read_place < ${endOfUnread} then 1 end)`.as('unread'))
    .select(sql<number>`count(case when read_place >= ${lanes.failed} then 1 end)`.as('failed'))
    .executeTakeFirstOrThrow()
  const ends: number[] = []
  for (const [lane, end] of [
    ['weak', lanes.other],
    ['other', lanes.failed],
  ] as const) {
    const inLane = places().where('read_place', '>=', lanes[lane]).where('read_place', '<', end)
    for (const direction of ['asc', 'desc'] as const) {
      const row = await inLane.select('read_place').orderBy('read_place', direction).limit(1).executeTakeFirst()
      if (row?.read_place != null) ends.push(timeOfPlace(lane, row.read_place))
    }
  }
  return {
    rooms: Number(rooms),
    unread: Number(unread),
    failed: Number(failed),
    newestAt: ends.length === 0 ? null : Math.max(...ends),
    oldestAt: ends.length === 0 ? null : Math.min(...ends),
  }
}
