/** Which process runs a rotation: it takes it, holds its lease, and releases it. Each function is one transaction. */
import { sql } from 'kysely'
import { type MessageOrText, message } from '../../messages/message.ts'
import { toStored, toStoredOrNull } from '../stored-message.ts'
import type { Db } from '../tables.ts'
import { lacksApproval } from './approval.ts'
import { auditRotation, type RotationAudit } from './audit.ts'
import { appendEvent, holdLease, type JournalEvent, type Owned, type RotationKey } from './journal.ts'
import { lockRotatedSite } from './rotated-sites.ts'
import type { RotationState } from './rotation-tables.ts'
import { changeRotation, itemsOf } from './rows.ts'

/** A run whose process has certainly ended, so that its lease need not be waited for. */
export interface DeadRun {
  rotation: number
  owner: string | null
}

/** Why a process may not run a rotation. Nothing was changed. */
export type TakeRefusal =
  | { refused: 'rotationDiscarded' }
  | { refused: 'wrongState'; state: RotationState }
  | { refused: 'needsApproval'; rotation: number }
  | { refused: 'otherRotationRunning'; rotation: number; owner: string }

/**
 * Gives a planned or stopped rotation to a process, unless another one runs it or another rotation of the same site,
 * and writes that into the audit log. A batch that was under way when the last process died becomes unsure.
 */
export async function takeRotation(
  db: Db,
  { siteId, rotation, owner, now, dead, audit }: Owned & { dead: DeadRun[]; audit: RotationAudit | null },
): Promise<TakeRefusal | null> {
  const key = { siteId, rotation }
  await lockRotatedSite(db, siteId)
  const [own] = await rotationsOf(db, siteId).where('rotation', '=', rotation).execute()
  if (own === undefined) return { refused: 'rotationDiscarded' }
  if (!['planned', 'running', 'stopped'].includes(own.state)) return { refused: 'wrongState', state: own.state }
  if (await lacksApproval(db, key)) return { refused: 'needsApproval', rotation }

  const isDead = (other: DeadRun) => dead.some(run => run.rotation === other.rotation && run.owner === other.owner)
  const running = await rotationsOf(db, siteId).where('state', '=', 'running').execute()
  const alive = running.find(other => (other.lease_until ?? 0) > now && !isDead(other))
  if (alive !== undefined)
    return { refused: 'otherRotationRunning', rotation: alive.rotation, owner: alive.owner ?? '' }
  for (const other of running)
    if (other.rotation !== rotation) await markStopped(db, { siteId, rotation: other.rotation, now })

  const { numUpdatedRows } = await changeRotation(db, key)
    .set(eb => ({
      state: 'running',
      owner,
      started_at: eb.fn.coalesce('started_at', eb.val(now)),
      stop_reason: null,
      stop_asked_at: null,
    }))
    .executeTakeFirst()
  // On PostgreSQL it may have been discarded since it was read.
  if (numUpdatedRows === 0n) return { refused: 'rotationDiscarded' }
  await holdLease(db, { ...key, owner, now })

  const interrupted = await itemsOf(db, key)
    .select(['number', 'intent', 'part'])
    .where('state', '=', sql.lit('sent'))
    .execute()
  await appendEvent(db, key, { at: now, kind: 'started', body: { owner, interrupted: interrupted.length } })
  await inheritFreeze(db, { ...key, now })
  if (audit !== null) await auditRotation(db, key, audit)
  return null
}

/**
 * What an earlier rotation of the same rooms switched off and could not switch back on, because its process died, is
 * this one's to switch back: it may be the undo, after which nobody resumes the earlier one.
 */
async function inheritFreeze(db: Db, { now, ...key }: RotationKey & { now: number }): Promise<void> {
  const rotations = await rotationsOf(db, key.siteId).execute()
  const own = rotations.find(({ rotation }) => rotation === key.rotation)
  const frozen = rotations.filter(({ frozen_from, target }) => frozen_from !== null && target === own?.target)
  const [first] = frozen
  if (first === undefined || frozen.some(({ rotation }) => rotation === key.rotation)) return
  for (const { rotation } of frozen)
    await changeRotation(db, { ...key, rotation })
      .set({ frozen_from: null })
      .execute()
  const body = { allowed: first.frozen_from === 1, since: first.rotation }
  await appendEvent(db, key, { at: now, kind: 'freezing', body })
  await changeRotation(db, key).set({ frozen_from: first.frozen_from }).execute()
}

/** A run whose process has died has stopped, as soon as that is found out. */
async function markStopped(db: Db, { now, ...key }: RotationKey & { now: number }): Promise<void> {
  const reason = message('stoppedProcessEnded')
  await appendEvent(db, key, { at: now, kind: 'stopped', body: { reason } })
  await changeRotation(db, key)
    .set({ state: 'stopped', stop_reason: toStored(reason), owner: null, lease_until: null, stop_asked_at: null })
    .execute()
}

/**
 * Asks the process that runs a rotation to stop it. If that process has died, the rotation counts as stopped at once. False where
 * nobody runs it any more.
 */
export async function askToStop(
  db: Db,
  { siteId, rotation, now, dead }: RotationKey & { now: number; dead: boolean },
): Promise<boolean> {
  const key = { siteId, rotation }
  await lockRotatedSite(db, siteId)
  const [own] = await rotationsOf(db, siteId).where('rotation', '=', rotation).execute()
  if (own?.state !== 'running') return false
  if (dead) await markStopped(db, { ...key, now })
  else await changeRotation(db, key).set({ stop_asked_at: now }).execute()
  return true
}

function rotationsOf(db: Db, siteId: number) {
  return db
    .selectFrom('rotation')
    .select(['rotation', 'state', 'owner', 'lease_until', 'target', 'frozen_from'])
    .where('site_id', '=', siteId)
}

/** Records an event alone, with the marks of the rotation that change with it. */
export async function recordEvent(
  db: Db,
  { event, frozenFrom, ...owned }: Owned & { event: JournalEvent; frozenFrom?: 0 | 1 | null },
): Promise<void> {
  await holdLease(db, owned)
  await appendEvent(db, owned, event)
  if (frozenFrom !== undefined) await changeRotation(db, owned).set({ frozen_from: frozenFrom }).execute()
}

/** Renews the lease while nothing else is written, and answers whether somebody has asked for the run to be stopped. */
export async function keepRotation(db: Db, owned: Owned): Promise<boolean> {
  await holdLease(db, owned)
  const { stop_asked_at } = await db
    .selectFrom('rotation')
    .select('stop_asked_at')
    .where('site_id', '=', owned.siteId)
    .where('rotation', '=', owned.rotation)
    .executeTakeFirstOrThrow()
  return stop_asked_at !== null
}

/** Ends a run: `reason` is null when nothing is left to do. */
export async function releaseRotation(
  db: Db,
  { reason, ...owned }: Owned & { reason: MessageOrText | null },
): Promise<void> {
  await holdLease(db, owned)
  const finished = reason === null
  await appendEvent(db, owned, { at: owned.now, kind: finished ? 'finished' : 'stopped', body: { reason } })
  await changeRotation(db, owned)
    .set({
      state: finished ? 'finished' : 'stopped',
      stop_reason: toStoredOrNull(reason),
      owner: null,
      lease_until: null,
      stop_asked_at: null,
      ...(finished ? { finished_at: owned.now } : {}),
    })
    .execute()
}
