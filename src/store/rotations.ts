/** Reads of rotations. Everything that grows with the site is read in slices. */
import { type Selectable, sql } from 'kysely'
import type { RotationKey } from './rotation-journal.ts'
import { itemsOf, itemsUnderWay } from './rotation-rows.ts'
import type { ItemState, RotationEventRow, RotationItemRow, RotationRow } from './rotation-tables.ts'
import type { Db } from './tables.ts'

export type Rotation = Selectable<RotationRow> & { site_url: string }
export type RotationItem = Selectable<RotationItemRow>

export function rotationQuery(db: Db) {
  return db
    .selectFrom('rotation')
    .innerJoin('rotated_site', 'rotated_site.site_id', 'rotation.site_id')
    .selectAll('rotation')
    .select('rotated_site.url as site_url')
}

/** The newest first. */
export async function listRotations(db: Db): Promise<Rotation[]> {
  return rotationQuery(db).orderBy('rotation.created_at', 'desc').limit(1000).execute()
}

export async function getRotation(db: Db, { siteId, rotation }: RotationKey): Promise<Rotation> {
  return rotationQuery(db)
    .where('rotation.site_id', '=', siteId)
    .where('rotation.rotation', '=', rotation)
    .executeTakeFirstOrThrow()
}

/** Rotations whose number, or the beginning of whose hash, is `name`; all sites when `siteUrl` is null. */
export async function findRotations(db: Db, name: string, siteUrl: string | null): Promise<Rotation[]> {
  let query = rotationQuery(db)
  if (siteUrl !== null) query = query.where('rotated_site.url_key', '=', siteUrl.toLowerCase())
  if (/^\d{1,7}$/.test(name)) return query.where('rotation.rotation', '=', Number(name)).execute()
  if (!/^[0-9a-f]{8,64}$/.test(name)) return []
  return query.where('rotation.plan_hash', 'like', `${name}%`).execute()
}

/** All items in the order of their numbers, a slice at a time. */
export function eachItem(db: Db, key: RotationKey, slice = 1000): AsyncGenerator<RotationItem[]> {
  return inSlices(after =>
    itemsOf(db, key).selectAll().where('number', '>', after).orderBy('number').limit(slice).execute(),
  )
}

/** All events of the journal in the order of their numbers, a slice at a time. */
export function eachEvent(db: Db, { siteId, rotation }: RotationKey): AsyncGenerator<Selectable<RotationEventRow>[]> {
  return inSlices(after =>
    db
      .selectFrom('rotation_event')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('rotation', '=', rotation)
      .where('number', '>', after)
      .orderBy('number')
      .limit(200)
      .execute(),
  )
}

/** @param next the rows whose number comes after the last that was read. */
async function* inSlices<Row extends { number: number }>(
  next: (after: number) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for (let rows = await next(0); rows.length > 0; rows = await next(rows.at(-1)!.number)) yield rows
}

/** How many people's moves are in each state; steps in between are counted only where asked for. */
export async function countItems(
  db: Db,
  { siteId, rotation }: RotationKey,
  steps: 'withSteps' | 'withoutSteps' = 'withoutSteps',
): Promise<Record<ItemState, number>> {
  const counts = { pending: 0, sent: 0, unsure: 0, done: 0, refused: 0, left: 0 }
  const rows = await itemsOf(db, { siteId, rotation })
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .$if(steps === 'withoutSteps', query => query.where('kind', '!=', 'temporary'))
    .groupBy('state')
    .execute()
  for (const { state, count } of rows) counts[state] = Number(count)
  return counts
}

/** How many batches have been sent so far. */
export async function countBatches(db: Db, { siteId, rotation }: RotationKey): Promise<number> {
  const { count } = await db
    .selectFrom('rotation_event')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .where('kind', '=', 'intent')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Why people were left out or refused, and how many each. */
export async function countReasons(
  db: Db,
  { siteId, rotation, state }: RotationKey & { state: 'left' | 'refused' },
): Promise<{ reason: string; count: number }[]> {
  const rows = await itemsOf(db, { siteId, rotation })
    .select(({ fn }) => ['reason', fn.countAll<number>().as('count')])
    .where('state', '=', state)
    .groupBy('reason')
    .orderBy('count', 'desc')
    .execute()
  return rows.map(({ reason, count }) => ({ reason: reason ?? '', count: Number(count) }))
}

/** Moves whose batch was under way when its process died. */
export async function interruptedMoves(db: Db, { siteId, rotation }: RotationKey): Promise<RotationItem[]> {
  return itemsUnderWay(db, { siteId, rotation }).selectAll().where('state', '=', 'sent').orderBy('number').execute()
}

/** Moves that became unsure at a time that has not come yet: the clock was set back since. */
export async function unsureFromTheFuture(
  db: Db,
  { siteId, rotation, now }: RotationKey & { now: number },
): Promise<RotationItem[]> {
  return itemsUnderWay(db, { siteId, rotation })
    .selectAll()
    .where('state', '=', 'unsure')
    .where('since', '>', now)
    .orderBy('number')
    .execute()
}

/** Moves to be read back by `until`, the earliest first. */
export async function unsureMoves(
  db: Db,
  { siteId, rotation, until, limit }: RotationKey & { until: number; limit: number },
): Promise<RotationItem[]> {
  return itemsUnderWay(db, { siteId, rotation })
    .selectAll()
    .where('state', '=', 'unsure')
    .where('due', '<=', until)
    .orderBy('due')
    .orderBy('number')
    .limit(limit)
    .execute()
}

/** When the next move is to be read back, or null. */
export async function nextDue(db: Db, { siteId, rotation }: RotationKey): Promise<number | null> {
  const { due } = await itemsUnderWay(db, { siteId, rotation })
    .select(({ fn }) => fn.min('due').as('due'))
    .where('state', '=', 'unsure')
    .executeTakeFirstOrThrow()
  return due === null ? null : Number(due)
}

/** Whether any move is still to be sent or to be read back. */
export async function openMoves(db: Db, { siteId, rotation }: RotationKey): Promise<boolean> {
  const key = { siteId, rotation }
  // The literal is the condition of the index over just these rows.
  const pending = itemsOf(db, key).where(sql<boolean>`state = 'pending'`).select('number').limit(1)
  const underWay = itemsUnderWay(db, key).select('number').limit(1)
  return ((await pending.executeTakeFirst()) ?? (await underWay.executeTakeFirst())) !== undefined
}
