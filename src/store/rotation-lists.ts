/** Rotations of one site and their lines, page by page. */
import type { RotationKey } from './rotation-journal.ts'
import type { ItemState } from './rotation-tables.ts'
import { type Rotation, type RotationItem, rotationQuery } from './rotations.ts'
import type { Db } from './tables.ts'

/** The newest first, from before the rotation numbered `before` on. */
export async function rotationsOfSite(
  db: Db,
  siteId: number,
  before: number | null,
  limit: number,
): Promise<Rotation[]> {
  return rotationQuery(db)
    .where('rotation.site_id', '=', siteId)
    .$if(before !== null, rotations => rotations.where('rotation.rotation', '<', before!))
    .orderBy('rotation.rotation', 'desc')
    .limit(limit)
    .execute()
}

export async function findRotation(db: Db, { siteId, rotation }: RotationKey): Promise<Rotation | undefined> {
  return rotationQuery(db)
    .where('rotation.site_id', '=', siteId)
    .where('rotation.rotation', '=', rotation)
    .executeTakeFirst()
}

/** The rotation of a site that some process has, or had when it died. */
export async function runningRotation(db: Db, siteId: number): Promise<Rotation | undefined> {
  return rotationQuery(db)
    .where('rotation.site_id', '=', siteId)
    .where('rotation.state', '=', 'running')
    .executeTakeFirst()
}

/** Lines of a plan in order, without the steps in between; one state alone where it is given. */
export async function listItems(
  db: Db,
  { siteId, rotation }: RotationKey,
  { state, after, limit }: { state: ItemState | null; after: number; limit: number },
): Promise<RotationItem[]> {
  return db
    .selectFrom('rotation_item')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .where('kind', '!=', 'temporary')
    .where('number', '>', after)
    .$if(state !== null, items => items.where('state', '=', state!))
    .orderBy('number')
    .limit(limit)
    .execute()
}
