/** Reads of rotations. Everything that grows with the site is read in slices. */
import { type Selectable, sql } from 'kysely'
import { RotationGone } from '../store-error.ts'
import type { Db } from '../tables.ts'
import { inChunks } from '../yielding-reads.ts'
import type { RotationKey } from './journal.ts'
import type { RotationEventRow, RotationItemRow, RotationRow } from './rotation-tables.ts'
import { itemsOf, itemsUnderWay } from './rows.ts'

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

export async function findRotation(db: Db, { siteId, rotation }: RotationKey): Promise<Rotation | undefined> {
  return rotationQuery(db)
    .where('rotation.site_id', '=', siteId)
    .where('rotation.rotation', '=', rotation)
    .executeTakeFirst()
}

/** A rotation that was there a moment ago. @throws RotationGone where it has been discarded since. */
export async function getRotation(db: Db, key: RotationKey): Promise<Rotation> {
  const rotation = await findRotation(db, key)
  if (rotation === undefined) throw new RotationGone()
  return rotation
}

/** Rotations whose number, or the beginning of whose hash, is `name`; all sites when `siteUrl` is null. */
export async function findRotations(db: Db, name: string, siteUrl: string | null): Promise<Rotation[]> {
  let query = rotationQuery(db)
  if (siteUrl !== null) query = query.where('rotated_site.url_key', '=', siteUrl.toLowerCase())
  if (/^\d{1,7}$/.test(name)) return query.where('rotation.rotation', '=', Number(name)).execute()
  if (!/^[0-9a-f]{8,64}$/.test(name)) return []
  return query.where('rotation.plan_hash', 'like', `${name}%`).execute()
}

/** Few enough that other work waits for milliseconds only. */
const itemsPerSlice = 500

/** All items in the order of their numbers, a slice at a time. */
export function eachItem(db: Db, key: RotationKey): AsyncGenerator<RotationItem[]> {
  return inChunks(
    after => itemsOf(db, key).selectAll().where('number', '>', after).orderBy('number').limit(itemsPerSlice).execute(),
    item => item.number,
  )
}

const eventsPerSlice = 200

/** All events of the journal in the order of their numbers, a slice at a time. */
export function eachEvent(db: Db, { siteId, rotation }: RotationKey): AsyncGenerator<Selectable<RotationEventRow>[]> {
  return inChunks(
    after =>
      db
        .selectFrom('rotation_event')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('rotation', '=', rotation)
        .where('number', '>', after)
        .orderBy('number')
        .limit(eventsPerSlice)
        .execute(),
    event => event.number,
  )
}

/** How many batches have been sent so far. */
export function countBatches(db: Db, key: RotationKey): Promise<number> {
  return countEvents(db, key, 'intent')
}

export async function countEvents(db: Db, { siteId, rotation }: RotationKey, kind: string): Promise<number> {
  const { count } = await db
    .selectFrom('rotation_event')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return Number(count)
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

/** When the last entry of a journal was written, or null. */
export async function lastEventAt(db: Db, { siteId, rotation }: RotationKey): Promise<number | null> {
  const last = await db
    .selectFrom('rotation_event')
    .select('at')
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last === undefined ? null : Number(last.at)
}

/** Whether any move is still to be sent or to be read back. */
export async function openMoves(db: Db, { siteId, rotation }: RotationKey): Promise<boolean> {
  const key = { siteId, rotation }
  // The literal is the condition of the index over just these rows.
  const pending = itemsOf(db, key).where(sql<boolean>`state = 'pending'`).select('number').limit(1)
  const underWay = itemsUnderWay(db, key).select('number').limit(1)
  return ((await pending.executeTakeFirst()) ?? (await underWay.executeTakeFirst())) !== undefined
}
