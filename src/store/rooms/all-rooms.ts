/** Every room of a site, a slice at a time, in the order in which their people were added. */
import type { NamedPerson } from '../../rooms/id-rule.ts'
import { claimedAt, rotationOfClaim, selectPeople } from '../people/directory.ts'
import type { Db } from '../tables.ts'
import { inChunks } from '../yielding-reads.ts'

/** Few enough to block the event loop for milliseconds only. */
const slice = 500

export interface Room extends NamedPerson {
  personId: string
  roomId: string
  /** When the room took that ID; null where nobody knows. */
  claimedAt: number | null
  /** The rotation that gave the room that ID; null where none did. */
  rotationId: string | null
}

/** Slices of them: whoever hands them on to another thread does so a slice at a time. */
export function slicesOfRooms(db: Db, siteId: number): AsyncGenerator<(Room & { person: number })[]> {
  return inChunks(
    after =>
      selectRooms(db, siteId, after)
        .select(['p.person', 'p.person_id as personId', 'p.email', 'p.first_name as firstName'])
        .select(['p.last_name as lastName', 'p.username', 'c.id as roomId', claimedAt.as('claimedAt')])
        .select(rotationOfClaim.as('rotationId'))
        .$narrowType<{ roomId: string }>()
        .execute(),
    row => row.person,
  )
}

/** Only the IDs, in the same order: half the work. */
export function slicesOfRoomIds(db: Db, siteId: number): AsyncGenerator<{ roomId: string }[]> {
  return inChunks(
    after =>
      selectRooms(db, siteId, after).select(['p.person', 'c.id as roomId']).$narrowType<{ roomId: string }>().execute(),
    row => row.person,
  )
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

/** The number of the newest change to rooms on a site; 0 where there was none. */
export async function newestChange(db: Db, siteId: number): Promise<number> {
  const { last } = await db
    .selectFrom('batch')
    .select(({ fn }) => fn.max('batch').as('last'))
    .where('site_id', '=', siteId)
    .executeTakeFirstOrThrow()
  return Number(last ?? 0)
}
