/** The rows of one rotation, to be read or changed: every statement about a rotation begins with one of these. */
import type { RotationKey } from './rotation-journal.ts'
import type { Db } from './tables.ts'

export function changeRotation(db: Db, { siteId, rotation }: RotationKey) {
  return db.updateTable('rotation').where('site_id', '=', siteId).where('rotation', '=', rotation)
}

export function itemsOf(db: Db, { siteId, rotation }: RotationKey) {
  return db.selectFrom('rotation_item').where('site_id', '=', siteId).where('rotation', '=', rotation)
}

export function changeItems(db: Db, { siteId, rotation }: RotationKey) {
  return db.updateTable('rotation_item').where('site_id', '=', siteId).where('rotation', '=', rotation)
}
