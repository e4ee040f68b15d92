import { eachRoom, eachRoomId } from '../../store/rooms/all-rooms.ts'
import type { Site } from '../../store/sites/sites.ts'
import type { Db } from '../../store/tables.ts'
import { type KnownIds, readKnownIds } from '../attacker/known-ids.ts'
import type { AuditedRoom } from './audit-rooms.ts'

/** Every room of a site in Roomkey's own database, in the form that the audit takes. */
export async function* roomsOfSite(db: Db, { site_id, url: siteUrl }: Site): AsyncGenerator<AuditedRoom> {
  for await (const { claimedAt: since, ...room } of eachRoom(db, site_id)) {
    yield { ...room, ...(since === null ? {} : { since }), siteUrl }
  }
}

/** What is already known of their IDs. */
export function knownIdsOfSite(db: Db, { site_id, url: siteUrl }: Site): Promise<KnownIds> {
  return readKnownIds(placedIds(db, site_id, siteUrl))
}

async function* placedIds(db: Db, siteId: number, siteUrl: string) {
  for await (const roomId of eachRoomId(db, siteId)) yield { roomId, siteUrl }
}
