/** The order of a plan's moves: which of them cannot be had, which wait for which, and the steps in between. */
import { sql } from 'kysely'
import { say } from '../sentences/say.ts'
import type { RotationKey } from './rotation-journal.ts'
import { changeItems, itemsOf } from './rotation-rows.ts'
import type { Db } from './tables.ts'

/**
 * Leaves out the moves whose new ID cannot be had: given to two people, or held by somebody who keeps it. Leaving one
 * out may take the ID that another counts on, so this goes on until nothing changes. Answers how many were left out.
 */
export async function leaveOutClashes(db: Db, key: RotationKey): Promise<number> {
  const twice = sql<boolean>`new_key in (
    select new_key from rotation_item
    where site_id = ${key.siteId} and rotation = ${key.rotation} and kind = 'move' and new_key is not null
    group by new_key having count(*) > 1)`
  const kept = sql<boolean>`exists (
    select 1 from rotation_item as other
    where other.site_id = rotation_item.site_id and other.rotation = rotation_item.rotation
      and other.old_key = rotation_item.new_key and other.kind = 'left' and other.number <> rotation_item.number)`
  const leave = async (which: ReturnType<typeof sql<boolean>>, reason: string) => {
    const { numUpdatedRows } = await changeItems(db, key)
      .set({ kind: 'left', state: 'left', reason })
      .where('kind', '=', 'move')
      .where(which)
      .executeTakeFirst()
    return Number(numUpdatedRows)
  }

  let all = await leave(twice, say('leftGivenTwice'))
  for (let left = 1; left > 0; all += left) {
    left = await leave(kept, say('leftKept'))
  }
  return all
}

export interface ChainedMove {
  number: number
  old_key: string
  new_key: string
}

/** The moves that want another move's ID, or whose ID another move wants; and the highest number of the plan. */
export async function chainedMoves(
  db: Db,
  { siteId, rotation }: RotationKey,
): Promise<{ moves: ChainedMove[]; lastNumber: number }> {
  const { rows } = await sql<ChainedMove>`
    select a.number, a.old_key, a.new_key from rotation_item a
    join rotation_item b on b.site_id = a.site_id and b.rotation = a.rotation and b.old_key = a.new_key and b.kind = 'move'
    where a.site_id = ${siteId} and a.rotation = ${rotation} and a.kind = 'move' and a.number <> b.number
    union
    select a.number, a.old_key, a.new_key from rotation_item a
    join rotation_item b on b.site_id = a.site_id and b.rotation = a.rotation and b.new_key = a.old_key and b.kind = 'move'
    where a.site_id = ${siteId} and a.rotation = ${rotation} and a.kind = 'move' and a.number <> b.number
      and a.new_key is not null
    order by 1`.execute(db)
  const { last } = await itemsOf(db, { siteId, rotation })
    .select(({ fn }) => fn.max('number').as('last'))
    .executeTakeFirstOrThrow()
  return { moves: rows, lastNumber: Number(last ?? 0) }
}

export interface OrderedMove {
  number: number
  wave: number
  waitsFor: number | null
  part: number
  /** The number and the ID of the step in between, where there is one. */
  temporary: { number: number; id: string } | null
}

/** Writes the order of chained moves down, and adds the steps in between. */
export async function orderItems(
  db: Db,
  { siteId, rotation, moves }: RotationKey & { moves: OrderedMove[] },
): Promise<void> {
  for (const { number, wave, waitsFor, part, temporary } of moves) {
    const row = changeItems(db, { siteId, rotation }).where('number', '=', number)
    await row.set({ wave, waits_for: waitsFor, part }).execute()
    if (temporary === null) continue
    const { person_id, email, name, old_id, old_key } = await itemsOf(db, { siteId, rotation })
      .select(['person_id', 'email', 'name', 'old_id', 'old_key'])
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    await db
      .insertInto('rotation_item')
      .values({
        site_id: siteId,
        rotation,
        number: temporary.number,
        kind: 'temporary',
        person_id,
        email,
        name,
        old_id,
        old_key,
        new_id: temporary.id,
        new_key: temporary.id.toLowerCase(),
        state: 'pending',
        reason: null,
      })
      .execute()
  }
}
