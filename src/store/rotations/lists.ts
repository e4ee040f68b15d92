/** Rotations of one site and their lines, page by page. */

import type { Db } from '../tables.ts'
import { inRanges } from '../yielding-reads.ts'
import type { RotationKey } from './journal.ts'
import type { ItemState } from './rotation-tables.ts'
import { type Rotation, type RotationItem, rotationQuery } from './rotations.ts'
import { itemsOf, lastNumber, withinRange } from './rows.ts'

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

/** The rotations of a site that a process runs, or ran when it died. */
export async function runningRotations(db: Db, siteId: number): Promise<Rotation[]> {
  return rotationQuery(db).where('rotation.site_id', '=', siteId).where('rotation.state', '=', 'running').execute()
}

/** The steps in between, to a temporary ID, that were ever sent. */
export async function temporarySteps(db: Db, key: RotationKey): Promise<RotationItem[]> {
  const found: RotationItem[] = []
  for await (const range of inRanges({ after: 0, upTo: await lastNumber(db, key) }, linesPerTurn)) {
    const rows = itemsOf(db, key).selectAll().where(withinRange(range)).where('kind', '=', 'temporary')
    found.push(...(await rows.where('intent', 'is not', null).execute()))
  }
  return found
}

/** Those in a rare state may lie far apart: other work gets its turn after this many rows. */
const linesPerTurn = 10_000

/** Lines of a plan in order, without the steps in between; one state alone where it is given. */
export async function listItems(
  db: Db,
  key: RotationKey,
  { state, after, limit }: { state: ItemState | null; after: number; limit: number },
): Promise<RotationItem[]> {
  const found: RotationItem[] = []
  for await (const range of inRanges({ after, upTo: await lastNumber(db, key) }, linesPerTurn)) {
    const rows = await itemsOf(db, key)
      .selectAll()
      .where(withinRange(range))
      .where('kind', '!=', 'temporary')
      .$if(state !== null, items => items.where('state', '=', state!))
      .orderBy('number')
      .limit(limit - found.length)
      .execute()
    found.push(...rows)
    if (found.length === limit) break
  }
  return found
}
