/** Every room of a site, a slice at a time, in the order in which their people came. */
import { type DirectoryPerson, selectPeople } from './directory.ts'
import type { Db } from './tables.ts'

/** Few enough that other work waits for milliseconds only. */
const slice = 500

export type Room = DirectoryPerson & { roomId: string; claimedAt: number }

export async function* eachRoom(db: Db, siteId: number): AsyncGenerator<Room> {
  for (let after = 0; ; ) {
    const people = await selectPeople(db)
      .where('p.site_id', '=', siteId)
      .where('p.person', '>', after)
      .orderBy('p.person')
      .limit(slice)
      .execute()
    for (const person of people) if (person.roomId !== null) yield person as Room
    if (people.length < slice) return
    after = people.at(-1)!.person
  }
}

/** The number of the newest change of rooms on a site; 0 where there was none. */
export async function newestChange(db: Db, siteId: number): Promise<number> {
  const { last } = await db
    .selectFrom('batch')
    .select(({ fn }) => fn.max('batch').as('last'))
    .where('site_id', '=', siteId)
    .executeTakeFirstOrThrow()
  return Number(last ?? 0)
}
