import type { Db } from '../tables.ts'

/** Where the new IDs of each rotation of a site come from, as JSON. */
export function rotationSources(db: Db, siteUrl: string): Promise<{ rotation: number; source: string }[]> {
  return db
    .selectFrom('rotation')
    .innerJoin('rotated_site', 'rotated_site.site_id', 'rotation.site_id')
    .select(['rotation.rotation', 'rotation.source'])
    .where('rotated_site.url_key', '=', siteUrl.toLowerCase())
    .where('rotation.started_at', 'is not', null)
    .execute()
}
