/** What is known of rooms that were read again. */
import type { KnownRoom } from '../../rooms/observed-rooms.ts'
import { peopleWithRooms } from '../people/people-with-rooms.ts'
import type { Db } from '../tables.ts'

export interface KnownPersonsRoom extends KnownRoom {
  personId: string
  email: string
}

/** The last claims of these people. Those who are not on the site any more only with `gone`. */
export async function knownRooms(
  db: Db,
  siteId: number,
  people: number[],
  gone = false,
): Promise<Map<number, KnownPersonsRoom>> {
  if (people.length === 0) return new Map()
  const rows = await peopleWithRooms(db)
    .leftJoin('claim as b', join =>
      join
        .onRef('b.site_id', '=', 'c.site_id')
        .onRef('b.person', '=', 'c.person')
        .on(({ eb, ref }) => eb('b.number', '=', eb(ref('c.number'), '-', 1))),
    )
    .select(['p.person', 'c.number', 'c.id', 'b.id as previousId', 'c.at as changedAt', 'p.seen_at as seenAt'])
    .select(['p.person_id as personId', 'p.email'])
    .where('p.site_id', '=', siteId)
    .where('p.person', 'in', people)
    .$if(!gone, rows => rows.where('p.email_key', 'is not', null).where('p.host', '=', 1))
    .execute()
  return new Map(
    rows.map(({ person, number, id, ...room }) => [person, { ...room, claims: number ?? 0, currentId: id }]),
  )
}
