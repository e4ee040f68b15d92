/** Every room of a site, a slice at a time, in the order in which their people were added. */
import type { NamedPerson } from '../../rooms/id-rule.ts'
import { claimedAt, selectPeople } from '../people/directory.ts'
import type { Db } from '../tables.ts'
import { inChunks } from '../yielding-reads.ts'

/** Few enough to block the event loop for milliseconds only. */
const slice = 500

export interface Room extends NamedPerson {
  personId: string
  roomId: string
  /** When the room took that ID; null where nobody knows. */
  claimedAt: number | null
}

export async function* eachRoom(db: Db, siteId: number): AsyncGenerator<Room> {
  yield* inOrder(after =>
    selectRooms(db, siteId, after)
      .select(['p.person', 'p.person_id as personId', 'p.email', 'p.first_name as firstName'])
      .select(['p.last_name as lastName', 'p.username', 'c.id as roomId', claimedAt.as('claimedAt')])
      .$narrowType<{ roomId: string }>()
      .execute(),
  )
}

/** Only the IDs, in the same order: half the work. */
export async function* eachRoomId(db: Db, siteId: number): AsyncGenerator<string> {
  const rooms = inOrder(after =>
    selectRooms(db, siteId, after).select(['p.person', 'c.id as roomId']).$narrowType<{ roomId: string }>().execute(),
  )
  for await (const { roomId } of rooms) yield roomId
}

function selectRooms(db: Db, siteId: number, after: number) {
  return selectPeople(db)
    .clearSelect()
    .where('p.site_id', '=', siteId)
    .where('p.person', '>', after)
    .where('c.id', 'is not', null)
    .orderBy('p.person')
    .limit(slice)
}

/** One by one, yielding to other work in between. */
async function* inOrder<Row extends { person: number }>(read: (after: number) => Promise<Row[]>): AsyncGenerator<Row> {
  for await (const rows of inChunks(read, row => row.person)) yield* rows
}

/** The number of the newest change to rooms on a site; 0 where there was none. */
export async function newestChange(db: Db, siteId: number): Promise<number> {
  const { last } = await db
    .selectFrom('batch')
    .select(({ fn }) => fn.max('batch').as('last'))
    .where('site_id', '=', siteId)
    .executeTakeFirstOrThrow()
  return Number(last ?? 0)
}
