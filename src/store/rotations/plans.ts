/** What planning writes: the rotation, its people in slices, and the seal. */

import type { Message, MessageOrText } from '../../messages/message.ts'
import { dayMs } from '../../time.ts'
import type { Actor } from '../audit-log/audit-events.ts'
import { dropReadings } from '../meetings/forget-readings.ts'
import { findSite } from '../sites/sites.ts'
import { toStored, toStoredOrNull } from '../stored-message.ts'
import type { Db } from '../tables.ts'
import { auditRotation } from './audit.ts'
import { dropDrafts, saveProgress } from './drafts.ts'
import type { RotationKey } from './journal.ts'
import { holdPlan, type Planning, planLeaseMs } from './plan-lease.ts'
import { lockRotatedSite, rotatedSite } from './rotated-sites.ts'
import type { ItemKind, RotationRow } from './rotation-tables.ts'
import { changeRotation } from './rows.ts'

/** Which rooms are looked at just before they are sent, and what is done where they have another ID by then. */
export interface LookWishes {
  /** Those that were read longer ago, in milliseconds. Default: an hour. */
  freshMs?: number | undefined
  /** Change them all the same; they are held otherwise. */
  overwriteChanged?: boolean | undefined
}

export interface NewRotation extends LookWishes {
  siteUrl: string
  target: string
  profile: RotationRow['profile']
  /** JSON of what it relies on of the target. */
  behaviour?: string
  source: string
  choice: Message
  undoOf: number | null
  canary: number
  freeze: boolean
  /** The process that makes the plan. */
  owner: string
  /** Who has it planned, for the audit log and for the approval; absent for nobody. */
  plannedBy?: Actor | undefined
  /** What was asked for, in JSON, for whoever goes on with the plan; null for a plan that cannot be gone on with. */
  request?: string | null
  now: number
}

/** How long what was read of a room may be taken for true. */
export const defaultFreshMs = 60 * 60_000

/** How long a failed plan is kept, so that its planner can see why, and one that may be gone on with. */
const brokenOffMs = dayMs
const stoppedMs = 30 * dayMs

/** Begins a plan, and forgets those of the site that broke off long ago. */
export async function createRotation(db: Db, rotation: NewRotation): Promise<RotationKey> {
  const siteId = await rotatedSite(db, rotation.siteUrl)
  await lockRotatedSite(db, siteId)
  const { last } = await db
    .selectFrom('rotation')
    .select(({ fn }) => fn.max('rotation').as('last'))
    .where('site_id', '=', siteId)
    .executeTakeFirstOrThrow()
  const number = Number(last ?? 0) + 1
  await dropBrokenOff(db, siteId, rotation.now)
  await db
    .insertInto('rotation')
    .values({
      site_id: siteId,
      rotation: number,
      state: 'planning',
      target: rotation.target,
      profile: rotation.profile,
      behaviour: rotation.behaviour ?? null,
      source: rotation.source,
      choice: toStored(rotation.choice),
      undo_of: rotation.undoOf,
      created_at: rotation.now,
      canary: rotation.canary,
      freeze: rotation.freeze ? 1 : 0,
      fresh_ms: rotation.freshMs ?? defaultFreshMs,
      overwrite_changed: rotation.overwriteChanged ? 1 : 0,
      owner: rotation.owner,
      lease_until: rotation.now + planLeaseMs,
      planned_by: rotation.plannedBy?.tokenId ?? null,
      approval_needed: (await findSite(db, rotation.siteUrl))?.needs_approval ?? 0,
      resumable: rotation.request == null ? 0 : 1,
    })
    .execute()
  const key = { siteId, rotation: number }
  if (rotation.request != null) {
    await db
      .insertInto('rotation_draft')
      .values({ site_id: siteId, rotation: number, request: rotation.request })
      .execute()
  }
  if (rotation.plannedBy !== undefined) {
    const detail = rotation.undoOf === null ? {} : { undoOf: rotation.undoOf }
    await auditRotation(db, key, { ...rotation.plannedBy, action: 'rotation.planned', detail })
  }
  return key
}

export interface PlannedItem {
  number: number
  kind: ItemKind
  personId: string
  email: string
  name: string
  oldId: string | null
  newId: string | null
  /** When the ID before was read; absent where it was not. */
  readAt?: number
  /** Why a person was left out. */
  reason: MessageOrText | null
  /** Of a room that has not been read: JSON of planning/listed.ts. */
  listed?: string
}

/** Rows per statement: under every engine's limit of parameters. */
const rowsPerInsert = 500

/** Adds people to a plan that is being made, and how far it is by then. @throws RotationGone as `holdPlan`. */
export async function addItems(
  db: Db,
  { siteId, rotation, items, progress, ...by }: Planning & { items: PlannedItem[]; progress?: string },
): Promise<void> {
  await holdPlan(db, { siteId, rotation, ...by })
  if (progress !== undefined) await saveProgress(db, { siteId, rotation, progress })
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
      read_at: item.readAt ?? null,
      state: item.kind === 'left' ? ('left' as const) : ('pending' as const),
      reason: toStoredOrNull(item.reason),
      listed: item.listed ?? null,
    }))
    await db.insertInto('rotation_item').values(rows).execute()
  }
}

/** Ends planning: from here on the plan is what its hash says. Stores the warnings. */
export async function sealRotation(
  db: Db,
  { hash, warnings, maxCalls, ...key }: RotationKey & { hash: string; warnings: MessageOrText[]; maxCalls: number },
): Promise<void> {
  await changeRotation(db, key)
    .set({
      state: 'planned',
      plan_hash: hash,
      warnings: JSON.stringify(warnings),
      max_calls: maxCalls,
      owner: null,
      lease_until: null,
    })
    .where('state', '=', 'planning')
    .execute()
  await dropDrafts(db, key.siteId, [key.rotation])
}

/** Ends planning because the plan cannot be made: what remains says why. */
export async function failRotation(db: Db, { reason, ...key }: RotationKey & { reason: MessageOrText }): Promise<void> {
  const { numUpdatedRows } = await changeRotation(db, key)
    .set({ state: 'failed', stop_reason: toStored(reason), owner: null, lease_until: null, resumable: 0 })
    .where('state', '=', 'planning')
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await dropItems(db, key.siteId, [key.rotation])
}

/** Removes a plan that was never run. True when there was one. */
export async function dropRotation(db: Db, { siteId, rotation }: RotationKey): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('rotation')
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .where('state', 'in', ['planning', 'planned', 'failed'])
    .executeTakeFirst()
  if (numDeletedRows === 0n) return false
  await dropItems(db, siteId, [rotation])
  return true
}

/** Removes the oldest plan that was made before this time and never run. Returns how many there were, 0 or 1. */
export async function dropForgottenPlan(db: Db, { before }: { before: number }): Promise<number> {
  const plan = await db
    .selectFrom('rotation')
    .select(['site_id as siteId', 'rotation'])
    .where('state', 'in', ['planned', 'failed'])
    .where('created_at', '<', before)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  return plan !== undefined && (await dropRotation(db, plan)) ? 1 : 0
}

async function dropBrokenOff(db: Db, siteId: number, now: number): Promise<void> {
  const [brokenOff, stopped] = [now - brokenOffMs, now - stoppedMs]
  const dropped = await db
    .deleteFrom('rotation')
    .where('site_id', '=', siteId)
    .where('created_at', '<', brokenOff)
    .where(({ or, and, eb }) =>
      or([
        eb('state', '=', 'failed'),
        and([
          eb('state', '=', 'planning'),
          or([and([eb('resumable', '=', 0), eb('lease_until', '<', brokenOff)]), eb('lease_until', '<', stopped)]),
        ]),
      ]),
    )
    .returning('rotation')
    .execute()
  const numbers = dropped.map(({ rotation }) => rotation)
  if (numbers.length > 0) await dropItems(db, siteId, numbers)
}

async function dropItems(db: Db, siteId: number, rotations: number[]): Promise<void> {
  for (const rotation of rotations) await dropReadings(db, { siteId, rotation })
  await db.deleteFrom('rotation_item').where('site_id', '=', siteId).where('rotation', 'in', rotations).execute()
  await dropDrafts(db, siteId, rotations)
}
