/** Rotations and their lines as the console lists them. */

import type { RotationKey } from './rotation-journal.ts'
import type { ItemState } from './rotation-tables.ts'
import { getRotation, type Rotation, type RotationItem } from './rotations.ts'
import type { Db } from './tables.ts'

/** The rotations of a site, the newest first. */
export async function rotationsOfSite(
  db: Db,
  siteId: number,
  before: number | null,
  limit: number,
): Promise<Rotation[]> {
  const rows = await db
    .selectFrom('rotation')
    .select('rotation')
    .where('site_id', '=', siteId)
    .$if(before !== null, rotations => rotations.where('rotation', '<', before))
    .orderBy('rotation', 'desc')
    .limit(limit)
    .execute()
  return Promise.all(rows.map(({ rotation }) => getRotation(db, { siteId, rotation })))
}

export async function findRotation(db: Db, key: RotationKey): Promise<Rotation | undefined> {
  const [found] = await rotationsOfSite(db, key.siteId, key.rotation + 1, 1)
  return found?.rotation === key.rotation ? found : undefined
}

/** Lines of a plan in order, without the steps in between; one state alone where it is given. */
export async function listItems(
  db: Db,
  { siteId, rotation }: RotationKey,
  state: ItemState | null,
  after: number,
  limit: number,
): Promise<RotationItem[]> {
  return db
    .selectFrom('rotation_item')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .where('kind', '!=', 'temporary')
    .where('number', '>', after)
    .$if(state !== null, items => items.where('state', '=', state))
    .orderBy('number')
    .limit(limit)
    .execute()
}
