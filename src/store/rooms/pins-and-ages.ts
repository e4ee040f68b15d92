/** What this database knows of a site's rooms that no Webex call returns. */
import { sql } from 'kysely'
import type { Db } from '../tables.ts'

/** The person IDs of pinned rooms. Empty for a site that is not in this database. */
export async function pinnedPeople(db: Db, siteUrl: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('person')
    .innerJoin('site', 'site.site_id', 'person.site_id')
    .select('person.person_id')
    .where('site.url_key', '=', siteUrl.toLowerCase())
    .where('person.pinned', '=', 1)
    .execute()
  return new Set(rows.map(row => row.person_id))
}

/**
 * Since when each person's room has carried its ID, in milliseconds since 1970: from the claims of a site in this
 * database, else from rotations that were run from here.
 */
export async function agesOfIds(db: Db, siteUrl: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ person_id: string; at: number }>`
    select person.person_id, max(claim.at) as at
    from site
    join person on person.site_id = site.site_id
    join claim on claim.site_id = person.site_id and claim.person = person.person
    where site.url_key = ${siteUrl.toLowerCase()} and not (claim.origin is not null and claim.origin = 'observed' and claim.number = 1)
    group by person.person_id
    union all
    select rotation_item.person_id, max(rotation_item.settled_at) as at
    from rotated_site
    join rotation_item on rotation_item.site_id = rotated_site.site_id
    where rotated_site.url_key = ${siteUrl.toLowerCase()} and rotation_item.state = 'done'
    group by rotation_item.person_id`.execute(db)
  const since = new Map<string, number>()
  for (const { person_id, at } of rows) since.set(person_id, Math.max(Number(at), since.get(person_id) ?? 0))
  return since
}
