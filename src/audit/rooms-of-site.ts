import { eachRoom } from '../store/all-rooms.ts'
import type { Site } from '../store/sites.ts'
import type { Db } from '../store/tables.ts'
import type { AuditedRoom } from './audit-rooms.ts'

/** Every room of a site in our own database, as the audit wants it. */
export async function* roomsOfSite(db: Db, site: Site): AsyncGenerator<AuditedRoom> {
  for await (const room of eachRoom(db, site.site_id)) {
    const { personId, email, firstName, lastName, username, roomId, claimedAt } = room
    yield { personId, email, firstName, lastName, username, roomId, since: claimedAt, siteUrl: site.url }
  }
}
