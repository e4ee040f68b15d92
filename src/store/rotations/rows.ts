/** The rows of one rotation, to be read or changed: every statement about a rotation begins with one of these. */
import { type RawBuilder, type Selectable, sql } from 'kysely'
import { engineOf } from '../engines.ts'
import type { Db } from '../tables.ts'
import type { Range } from '../yielding-reads.ts'
import type { RotationKey } from './journal.ts'
import type { RotationItemRow } from './rotation-tables.ts'

export function changeRotation(db: Db, { siteId, rotation }: RotationKey) {
  return db.updateTable('rotation').where('site_id', '=', siteId).where('rotation', '=', rotation)
}

export function itemsOf(db: Db, { siteId, rotation }: RotationKey) {
  return db.selectFrom('rotation_item').where('site_id', '=', siteId).where('rotation', '=', rotation)
}

/** From the column: what was asked for before `new_id`, the planned one first. */
export function earlierNewIds(column: string | null): string[] {
  return column === null ? [] : JSON.parse(column)
}

export function withinRange({ after, upTo }: Range): RawBuilder<boolean> {
  return sql<boolean>`rotation_item.number > ${after} and rotation_item.number <= ${upTo}`
}

/** The highest number of a plan; 0 where nobody is in it. */
export async function lastNumber(db: Db, key: RotationKey): Promise<number> {
  const { last } = await itemsOf(db, key)
    .select(({ fn }) => fn.max('number').as('last'))
    .executeTakeFirstOrThrow()
  return Number(last ?? 0)
}

/**
 * Moves that were sent and are not settled. They are few, however large the rotation is, and have an index of their own;
 * the literals are its condition, and it is named, since SQLite would rather go through all of the rotation's rows.
 */
export function itemsUnderWay(db: Db, { siteId, rotation }: RotationKey) {
  const readByIndex = `rotation_item${engineOf(db).readBy('rotation_item_open')}`
  return db
    .selectFrom(sql<Selectable<RotationItemRow>>`rotation_item`.as<'rotation_item'>(sql.raw(readByIndex)))
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .where(sql<boolean>`state in ('sent', 'unsure')`)
}

export function changeItems(db: Db, { siteId, rotation }: RotationKey) {
  return db.updateTable('rotation_item').where('site_id', '=', siteId).where('rotation', '=', rotation)
}
