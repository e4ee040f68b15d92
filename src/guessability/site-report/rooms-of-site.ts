import { slicesOfRoomIds, slicesOfRooms } from '../../store/rooms/all-rooms.ts'
import type { Site } from '../../store/sites/sites.ts'
import type { Db } from '../../store/tables.ts'
import { type KnownIds, type PlacedId, readKnownIds } from '../attacker/known-ids.ts'
import type { AuditedRoom } from './audit-rooms.ts'

/** Every room of a site in Roomkey's own database, in the form that the audit takes. */
export function roomsOfSite(db: Db, site: Site): AsyncGenerator<AuditedRoom> {
  return each(slicesOfSite(db, site))
}

/** What is already known of their IDs. */
export function knownIdsOfSite(db: Db, site: Site): Promise<KnownIds> {
  return readKnownIds(each(slicesOfIds(db, site)))
}

/** The same rooms, some at a time. */
export async function* slicesOfSite(db: Db, { site_id, url: siteUrl }: Site): AsyncGenerator<AuditedRoom[]> {
  for await (const slice of slicesOfRooms(db, site_id)) {
    yield slice.map(({ claimedAt: since, ...room }) => ({ ...room, ...(since === null ? {} : { since }), siteUrl }))
  }
}

/** Their IDs, some at a time. */
export async function* slicesOfIds(db: Db, { site_id, url: siteUrl }: Site): AsyncGenerator<PlacedId[]> {
  for await (const slice of slicesOfRoomIds(db, site_id)) yield slice.map(({ roomId }) => ({ roomId, siteUrl }))
}

async function* each<Item>(slices: AsyncIterable<Item[]>): AsyncGenerator<Item> {
  for await (const slice of slices) yield* slice
}
