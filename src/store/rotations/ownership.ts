/** Which process runs a rotation: taken, kept, told of in the journal, and released. Each function is one transaction. */

import { sql } from 'kysely'
import { say } from '../../messages/say.ts'
import { RotationGone, StoreError } from '../store-error.ts'
import type { Db } from '../tables.ts'
import { lacksApproval } from './approval.ts'
import { appendEvent, holdLease, type JournalEvent, type Owned } from './journal.ts'
import { lockRotatedSite } from './rotated-sites.ts'
import { changeRotation, itemsOf } from './rows.ts'

/**
 * Gives a planned or stopped rotation to a process, unless another has this one or another of the same site. A batch
 * that was under way when the last process died becomes unsure.
 *
 * @throws StoreError with one sentence.
 */
export async function takeRotation(
  db: Db,
  { siteId, rotation, owner, now, deadOwner }: Owned & { deadOwner: string | null },
): Promise<void> {
  if (await lacksApproval(db, { siteId, rotation })) {
    throw new StoreError(say('needsApproval', { rotation }))
  }
  await lockRotatedSite(db, siteId)
  const others = await db
    .selectFrom('rotation')
    .select(['rotation', 'owner', 'lease_until'])
    .where('site_id', '=', siteId)
    .where('state', '=', 'running')
    .execute()
  const alive = others.find(other => other.owner !== deadOwner && (other.lease_until ?? 0) > now)
  if (alive !== undefined) {
    throw new StoreError(say('otherRuns', { rotation: alive.rotation, owner: alive.owner ?? '' }))
  }
  const { numUpdatedRows } = await changeRotation(db, { siteId, rotation })
    .set(eb => ({
      state: 'running',
      owner,
      started_at: eb.fn.coalesce('started_at', eb.val(now)),
      stopped_because: null,
    }))
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new RotationGone()
  await holdLease(db, { siteId, rotation, owner, now })

  const interrupted = await itemsOf(db, { siteId, rotation })
    .select(['number', 'intent', 'part'])
    .where('state', '=', sql.lit('sent'))
    .execute()
  await appendEvent(
    db,
    { siteId, rotation },
    { at: now, kind: 'started', body: { owner, interrupted: interrupted.length } },
  )
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

/** Keeps the lease while nothing else is written. */
export async function keepRotation(db: Db, owned: Owned): Promise<void> {
  await holdLease(db, owned)
}

/** Ends a run: `because` is null when nothing is left to do. */
export async function releaseRotation(
  db: Db,
  { because, ...owned }: Owned & { because: string | null },
): Promise<void> {
  await holdLease(db, owned)
  const finished = because === null
  await appendEvent(db, owned, { at: owned.now, kind: finished ? 'finished' : 'stopped', body: { because } })
  await changeRotation(db, owned)
    .set({
      state: finished ? 'finished' : 'stopped',
      stopped_because: because,
      owner: null,
      lease_until: null,
      ...(finished ? { finished_at: owned.now } : {}),
    })
    .execute()
}
