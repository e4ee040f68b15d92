/** The sites that were ever rotated, whether they are in this database or not. */
import { findSite } from '../sites/sites.ts'
import type { Db } from '../tables.ts'

/** The number under which a site's rotations are stored; undefined where it has none. */
export async function findRotatedSite(db: Db, url: string): Promise<number | undefined> {
  const key = url.toLowerCase()
  const known = await db.selectFrom('rotated_site').select('site_id').where('url_key', '=', key).executeTakeFirst()
  return known?.site_id
}

/** The same, of a site that gets its first. One that is not in this database gets a number below 0, and keeps it. */
export async function rotatedSite(db: Db, url: string): Promise<number> {
  const known = await findRotatedSite(db, url)
  if (known !== undefined) return known
  const own = await findSite(db, url)
  const { lowest } = await db
    .selectFrom('rotated_site')
    .select(({ fn }) => fn.min('site_id').as('lowest'))
    .executeTakeFirstOrThrow()
  const siteId = own?.site_id ?? Math.min(Number(lowest ?? 0), 0) - 1
  await db.insertInto('rotated_site').values({ site_id: siteId, url, url_key: url.toLowerCase() }).execute()
  return siteId
}

/** Makes others who want the same lock wait for the end of this transaction: a write is the lock that every engine has. */
export async function lockRotatedSite(db: Db, siteId: number): Promise<void> {
  await db
    .updateTable('rotated_site')
    .set(eb => ({ url: eb.ref('url') }))
    .where('site_id', '=', siteId)
    .execute()
}
