/** The order of a plan's moves: which of them cannot be had, which wait for which, and the steps in between. */
import { type RawBuilder, sql } from 'kysely'
import { type Message, message } from '../../messages/message.ts'
import { engineOf } from '../engines.ts'
import { toStored } from '../stored-message.ts'
import type { Db } from '../tables.ts'
import type { Range } from '../yielding-reads.ts'
import type { RotationKey } from './journal.ts'
import { changeItems, itemsOf, withinRange } from './rows.ts'

/** Called once all people of a plan are written, before their IDs are compared: see `Engine.analyze`. */
export async function analyzeItems(db: Db, _key: RotationKey): Promise<void> {
  await engineOf(db).analyze(db, 'rotation_item')
}

/** Leaves out moves whose new ID was given to two people. Answers how many. */
export async function leaveOutDuplicates(db: Db, { range, ...key }: RotationKey & { range: Range }): Promise<number> {
  // Of two, the first may have been left out by now; it still has the ID that it was given.
  const givenTwice = sql<boolean>`exists (
    select 1 from rotation_item as other
    where other.site_id = rotation_item.site_id and other.rotation = rotation_item.rotation
      and other.new_key = rotation_item.new_key and other.number <> rotation_item.number)`
  return leaveOut(db, key, { range, which: givenTwice, reason: message('leftDuplicateId') })
}

/** Leaves out moves whose new ID somebody keeps. Answers how many: each of them keeps an ID that another may want. */
export async function leaveOutRetained(db: Db, { range, ...key }: RotationKey & { range: Range }): Promise<number> {
  const kept = sql<boolean>`exists (
    select 1 from rotation_item as other
    where other.site_id = rotation_item.site_id and other.rotation = rotation_item.rotation
      and other.old_key = rotation_item.new_key and other.kind = 'left' and other.number <> rotation_item.number)`
  return leaveOut(db, key, { range, which: kept, reason: message('leftIdRetained') })
}

async function leaveOut(
  db: Db,
  key: RotationKey,
  { range, which, reason }: { range: Range; which: RawBuilder<boolean>; reason: Message },
): Promise<number> {
  const { numUpdatedRows } = await changeItems(db, key)
    .set({ kind: 'left', state: 'left', reason: toStored(reason) })
    .where('kind', '=', 'move')
    .where(withinRange(range))
    .where(which)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export interface ChainedMove {
  number: number
  old_key: string
  new_key: string
}

/** The moves that want another move's ID, or whose ID another move wants. */
export async function chainedMoves(db: Db, key: RotationKey, { after, upTo }: Range): Promise<ChainedMove[]> {
  const { siteId, rotation } = key
  const { rows } = await sql<ChainedMove>`
    select a.number, a.old_key, a.new_key from rotation_item a
    where a.site_id = ${siteId} and a.rotation = ${rotation} and a.kind = 'move' and a.new_key is not null
      and a.number > ${after} and a.number <= ${upTo}
      and (
        exists (
          select 1 from rotation_item b
          where b.site_id = a.site_id and b.rotation = a.rotation and b.old_key = a.new_key
            and b.kind = 'move' and b.number <> a.number)
        or exists (
          select 1 from rotation_item b
          where b.site_id = a.site_id and b.rotation = a.rotation and b.new_key = a.old_key
            and b.kind = 'move' and b.number <> a.number))
    order by a.number`.execute(db)
  return rows
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
