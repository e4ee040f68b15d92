import type { Db } from '../tables.ts'

export interface FoundRoom {
  /** The ID of the live room, as it was given; undefined if it is unknown, retired or suspended. */
  id: string | undefined
  /** Whether any room ever had it. */
  wasHeld: boolean
}

/** Looks for the live room with this key. The same single statement runs whatever the answer, so that timing reveals little. */
export async function findRoom(db: Db, siteId: number, key: string): Promise<FoundRoom> {
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
  const isLive = last !== undefined && last.later === null && last.suspended === 0
  return { id: (isLive && last.id) || undefined, wasHeld: last !== undefined }
}
