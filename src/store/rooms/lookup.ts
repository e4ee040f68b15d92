import type { Db } from '../tables.ts'

/**
 * The ID, as it was given, of the live room with this key; undefined if it is unknown, retired or suspended. The same
 * single statement runs whatever the answer, so that timing reveals little.
 */
export async function findLiveRoom(db: Db, siteId: number, key: string): Promise<string | undefined> {
  const last = await db
    .selectFrom('claim as c')
    .leftJoin('person as p', join => join.onRef('p.site_id', '=', 'c.site_id').onRef('p.person', '=', 'c.person'))
    .leftJoin('claim as later', join =>
      join
        .onRef('later.site_id', '=', 'c.site_id')
        .onRef('later.person', '=', 'c.person')
        .on(({ eb, ref }) => eb('later.number', '=', eb(ref('c.number'), '+', 1))),
    )
    .select(['c.id', 'p.suspended', 'later.number as later'])
    .where('c.site_id', '=', siteId)
    .where('c.key', '=', key)
    .orderBy('c.tenure', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last !== undefined && last.id !== null && last.later === null && last.suspended === 0 ? last.id : undefined
}
