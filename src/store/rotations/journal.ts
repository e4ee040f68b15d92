/**
 * The journal of a rotation: append-only, each event bound to all before it by a hash, so that a byte changed later is
 * found.
 */
import { createHash } from 'node:crypto'
import { message } from '../../messages/message.ts'
import { LeaseLost } from '../store-error.ts'
import type { Db } from '../tables.ts'

export interface RotationKey {
  siteId: number
  rotation: number
}

export interface JournalEvent {
  at: number
  kind: string
  body: unknown
}

export interface StoredEvent {
  number: number
  at: number
  kind: string
  body: string
}

/** The hash of an event that follows the one with hash `previous`. The plan's hash comes before the first. */
export function eventHash(previous: string, { number, at, kind, body }: StoredEvent): string {
  return createHash('sha256').update(`${previous}\n${number}\n${at}\n${kind}\n${body}`).digest('hex')
}

/** Adds an event and gives its number. */
export async function appendEvent(
  db: Db,
  { siteId, rotation }: RotationKey,
  { at, kind, body }: JournalEvent,
): Promise<number> {
  const { events, head, plan_hash } = await db
    .selectFrom('rotation')
    .select(['events', 'head', 'plan_hash'])
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .executeTakeFirstOrThrow()
  const event = { number: events + 1, at, kind, body: JSON.stringify(body) }
  const hash = eventHash(events === 0 ? (plan_hash ?? '') : head, event)
  await db
    .insertInto('rotation_event')
    .values({ site_id: siteId, rotation, ...event, hash })
    .execute()
  await db
    .updateTable('rotation')
    .set({ events: event.number, head: hash })
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .execute()
  return event.number
}

/** How long a process that runs a rotation may be silent before another may take it over. */
const leaseMs = 30_000

export interface Owned extends RotationKey {
  owner: string
  now: number
}

/** Prolongs the caller's lease. @throws LeaseLost when another process has taken the rotation over. */
export async function holdLease(db: Db, { siteId, rotation, owner, now }: Owned): Promise<void> {
  const held = await db
    .updateTable('rotation')
    .set({ lease_until: now + leaseMs })
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .where('owner', '=', owner)
    .where('state', '=', 'running')
    .executeTakeFirst()
  if (held.numUpdatedRows === 0n) {
    throw new LeaseLost(message('leaseLost', { rotation: String(rotation) }))
  }
}
