/** Moves whose rooms have not been read: nothing is sent for them before the ID that they have is written down. */
import { sql } from 'kysely'
import { toStoredOrNull } from '../stored-message.ts'
import type { Db } from '../tables.ts'
import type { RotationKey } from './journal.ts'
import { holdPlan, type Planning } from './plan-lease.ts'
import type { PlannedItem } from './plans.ts'
import type { RotationItem } from './rotations.ts'
import { itemsOf } from './rows.ts'

/** In the order of their numbers, from after one of them on. */
export async function unreadItems(
  db: Db,
  { after, limit, ...key }: RotationKey & { after: number; limit: number },
): Promise<RotationItem[]> {
  return itemsOf(db, key)
    .selectAll()
    .where('number', '>', after)
    .where(sql<boolean>`state = 'pending'`)
    .where('kind', '=', 'move')
    .where('old_id', 'is', null)
    .orderBy('number')
    .limit(limit)
    .execute()
}

export async function countUnread(db: Db, key: RotationKey): Promise<number> {
  const { count } = await itemsOf(db, key)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(sql<boolean>`state = 'pending'`)
    .where('kind', '=', 'move')
    .where('old_id', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Writes down what became of people of a plan whose rooms have been read: an item for each. */
export async function planRead(db: Db, { items, ...planning }: Planning & { items: PlannedItem[] }): Promise<void> {
  await holdPlan(db, planning)
  const rows = items.map(({ number, kind, oldId, newId, reason, readAt = null }) => {
    const ids = [oldId, oldId?.toLowerCase() ?? null, newId, newId?.toLowerCase() ?? null]
    const texts = [kind, kind === 'left' ? 'left' : 'pending', ...ids, toStoredOrNull(reason)]
    return sql`(cast(${number} as integer), cast(${readAt} as bigint), ${sql.join(texts.map(text => sql`cast(${text} as text)`))})`
  })
  if (rows.length === 0) return
  await sql`
    with seen (number, read_at, kind, state, old_id, old_key, new_id, new_key, reason) as (values ${sql.join(rows)})
    update rotation_item
    set kind = seen.kind, state = seen.state, old_id = seen.old_id, old_key = seen.old_key, new_id = seen.new_id,
      new_key = seen.new_key, reason = seen.reason, read_at = seen.read_at,
      listed = null
    from seen
    where rotation_item.site_id = ${planning.siteId} and rotation_item.rotation = ${planning.rotation}
      and rotation_item.number = seen.number`.execute(db)
}
