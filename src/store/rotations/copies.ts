import type { Insertable } from 'kysely'
import type { Db } from '../tables.ts'
import type { RotationKey } from './journal.ts'
import type { RotationItemRow, RotationRow } from './rotation-tables.ts'

/** Rows per statement: under every engine's limit of parameters. */
const rowsPerInsert = 500

/** Adds a rotation as it was planned, from another database: nothing of it has been run here. */
export async function copyRotation(
  db: Db,
  { siteUrl, rotation }: { siteUrl: string; rotation: Insertable<RotationRow> },
): Promise<RotationKey> {
  const { site_id: siteId } = rotation
  await db
    .insertInto('rotated_site')
    .values({ site_id: siteId, url: siteUrl, url_key: siteUrl.toLowerCase() })
    .execute()
  await db.insertInto('rotation').values(rotation).execute()
  return { siteId, rotation: rotation.rotation }
}

export async function copyItems(db: Db, { items }: { items: Insertable<RotationItemRow>[] }): Promise<void> {
  for (let start = 0; start < items.length; start += rowsPerInsert) {
    await db
      .insertInto('rotation_item')
      .values(items.slice(start, start + rowsPerInsert))
      .execute()
  }
}
