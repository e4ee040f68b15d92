/** What planning writes: the rotation, its people in slices, the order of its moves, and the seal. */
import { sql } from 'kysely'
import { say } from '../sentences/say.ts'
import type { RotationKey } from './rotation-journal.ts'
import type { ItemKind, RotationRow } from './rotation-tables.ts'
import { findSite } from './sites.ts'
import type { Db } from './tables.ts'

export interface NewRotation {
  siteUrl: string
  target: string
  profile: RotationRow['profile']
  source: string
  choice: string
  undoOf: number | null
  canary: number
  freeze: boolean
  now: number
}

/** Begins a plan. A site that is not in this database gets a number below 0. */
export async function createRotation(db: Db, rotation: NewRotation): Promise<RotationKey> {
  const siteId = await rotatedSite(db, rotation.siteUrl)
  await lockRotatedSite(db, siteId)
  const { last } = await db
    .selectFrom('rotation')
    .select(({ fn }) => fn.max('rotation').as('last'))
    .where('site_id', '=', siteId)
    .executeTakeFirstOrThrow()
  const number = Number(last ?? 0) + 1
  await db
    .insertInto('rotation')
    .values({
      site_id: siteId,
      rotation: number,
      state: 'planning',
      target: rotation.target,
      profile: rotation.profile,
      source: rotation.source,
      choice: rotation.choice,
      undo_of: rotation.undoOf,
      created_at: rotation.now,
      canary: rotation.canary,
      freeze: rotation.freeze ? 1 : 0,
    })
    .execute()
  return { siteId, rotation: number }
}

async function rotatedSite(db: Db, url: string): Promise<number> {
  const key = url.toLowerCase()
  const known = await db.selectFrom('rotated_site').select('site_id').where('url_key', '=', key).executeTakeFirst()
  if (known !== undefined) return known.site_id
  const own = await findSite(db, url)
  const { lowest } = await db
    .selectFrom('rotated_site')
    .select(({ fn }) => fn.min('site_id').as('lowest'))
    .executeTakeFirstOrThrow()
  const siteId = own?.site_id ?? Math.min(Number(lowest ?? 0), 0) - 1
  await db.insertInto('rotated_site').values({ site_id: siteId, url, url_key: key }).execute()
  return siteId
}

/** Makes whoever wants the same lock wait for the end of this transaction: a write is the lock that every engine has. */
export async function lockRotatedSite(db: Db, siteId: number): Promise<void> {
  await db
    .updateTable('rotated_site')
    .set(eb => ({ url: eb.ref('url') }))
    .where('site_id', '=', siteId)
    .execute()
}

export interface PlannedItem {
  number: number
  kind: ItemKind
  personId: string
  email: string
  name: string
  oldId: string | null
  newId: string | null
  /** Why a person was left out. */
  reason: string | null
}

/** Rows per statement: under every engine's limit of parameters. */
const rowsPerInsert = 500

export async function addItems(
  db: Db,
  { siteId, rotation, items }: RotationKey & { items: PlannedItem[] },
): Promise<void> {
  for (let start = 0; start < items.length; start += rowsPerInsert) {
    const rows = items.slice(start, start + rowsPerInsert).map(item => ({
      site_id: siteId,
      rotation,
      number: item.number,
      kind: item.kind,
      person_id: item.personId,
      email: item.email,
      name: item.name,
      old_id: item.oldId,
      old_key: item.oldId?.toLowerCase() ?? null,
      new_id: item.newId,
      new_key: item.newId?.toLowerCase() ?? null,
      state: item.kind === 'left' ? ('left' as const) : ('pending' as const),
      reason: item.reason,
    }))
    await db.insertInto('rotation_item').values(rows).execute()
  }
}

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
    const { numUpdatedRows } = await db
      .updateTable('rotation_item')
      .set({ kind: 'left', state: 'left', reason })
      .where('site_id', '=', key.siteId)
      .where('rotation', '=', key.rotation)
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
  const { last } = await db
    .selectFrom('rotation_item')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
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
    const row = db
      .updateTable('rotation_item')
      .where('site_id', '=', siteId)
      .where('rotation', '=', rotation)
      .where('number', '=', number)
    await row.set({ wave, waits_for: waitsFor, part }).execute()
    if (temporary === null) continue
    const { person_id, email, name, old_id, old_key } = await db
      .selectFrom('rotation_item')
      .select(['person_id', 'email', 'name', 'old_id', 'old_key'])
      .where('site_id', '=', siteId)
      .where('rotation', '=', rotation)
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

/** Ends planning: from here on the plan is what its hash says. */
export async function sealRotation(db: Db, { siteId, rotation, hash }: RotationKey & { hash: string }): Promise<void> {
  await db
    .updateTable('rotation')
    .set({ state: 'planned', plan_hash: hash })
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .where('state', '=', 'planning')
    .execute()
}

/** Removes a plan that was never run. True when there was one. */
export async function dropRotation(db: Db, { siteId, rotation }: RotationKey): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('rotation')
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .where('state', 'in', ['planning', 'planned'])
    .executeTakeFirst()
  if (numDeletedRows === 0n) return false
  await db.deleteFrom('rotation_item').where('site_id', '=', siteId).where('rotation', '=', rotation).execute()
  return true
}

export interface Verification {
  number: number
  verified: 'changed' | 'notYetVisible' | 'wrong'
}

export async function recordVerified(
  db: Db,
  { siteId, rotation, verifications, now }: RotationKey & { verifications: Verification[]; now: number },
): Promise<void> {
  for (const verified of ['changed', 'notYetVisible', 'wrong'] as const) {
    const numbers = verifications.filter(one => one.verified === verified).map(one => one.number)
    if (numbers.length === 0) continue
    await db
      .updateTable('rotation_item')
      .set({ verified, verified_at: now })
      .where('site_id', '=', siteId)
      .where('rotation', '=', rotation)
      .where('number', 'in', numbers)
      .execute()
  }
}

/** Marks a host's letter. False when it is past that already, so that no letter goes out twice; back to `written` when it certainly did not go. */
export async function markLetter(
  db: Db,
  { siteId, rotation, number, letter }: RotationKey & { number: number; letter: 'written' | 'sending' | 'sent' },
): Promise<boolean> {
  const before = { written: ['sending'], sending: ['written'], sent: ['sending'] }[letter] as ('written' | 'sending')[]
  const { numUpdatedRows } = await db
    .updateTable('rotation_item')
    .set({ letter })
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .where('number', '=', number)
    .where(({ or, eb }) => or([eb('letter', 'is', null), ...before.map(state => eb('letter', '=', state))]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
