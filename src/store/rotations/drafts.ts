/** Plans that are being made: what was asked for and how far they are, so that another process can go on with them. */
import type { MessageOrText } from '../../messages/message.ts'
import { toStoredOrNull } from '../stored-message.ts'
import type { Db } from '../tables.ts'
import type { RotationKey } from './journal.ts'
import { planLeaseMs } from './plan-lease.ts'
import { type Rotation, rotationQuery } from './rotations.ts'
import { changeRotation } from './rows.ts'

export interface Draft {
  /** JSON, as it was given to `createRotation`. */
  request: string
  /** JSON, as it was last saved; null where nothing has been read. */
  progress: string | null
}

/** Undefined where the plan is made, or cannot be gone on with. */
export async function findDraft(db: Db, { siteId, rotation }: RotationKey): Promise<Draft | undefined> {
  return db
    .selectFrom('rotation_draft')
    .select(['request', 'progress'])
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .executeTakeFirst()
}

/** The plans of a site that were asked for in just these words and are not made, the newest first. */
export async function draftsOf(db: Db, siteId: number, request: string): Promise<Rotation[]> {
  return rotationQuery(db)
    .innerJoin('rotation_draft as d', join =>
      join.onRef('d.site_id', '=', 'rotation.site_id').onRef('d.rotation', '=', 'rotation.rotation'),
    )
    .where('rotation.site_id', '=', siteId)
    .where('rotation.state', '=', 'planning')
    .where('d.request', '=', request)
    .orderBy('rotation.rotation', 'desc')
    .execute()
}

/** Has a process go on with a plan that `before` made until it stopped. Undefined where another one has taken it since. */
export async function takePlan(
  db: Db,
  { before, owner, now, ...key }: RotationKey & { before: string | null; owner: string; now: number },
): Promise<Draft | undefined> {
  const { numUpdatedRows } = await changeRotation(db, key)
    .set({ owner, lease_until: now + planLeaseMs, stop_reason: null })
    .where('state', '=', 'planning')
    .where('resumable', '=', 1)
    .where('owner', 'is not distinct from', before)
    .executeTakeFirst()
  return numUpdatedRows === 0n ? undefined : findDraft(db, key)
}

/** Stops the making of a plan; what was read is kept. False where nothing was, or another process has it by now. */
export async function stopPlan(
  db: Db,
  { reason, owner, now, ...key }: RotationKey & { reason: MessageOrText | null; owner: string; now: number },
): Promise<boolean> {
  const draft = await findDraft(db, key)
  if (draft === undefined || draft.progress === null) return false
  const { numUpdatedRows } = await changeRotation(db, key)
    // For as long as nobody goes on with it, it counts from here until it is forgotten.
    .set({ owner: null, lease_until: now - 1, stop_reason: toStoredOrNull(reason) })
    .where('state', '=', 'planning')
    .where('owner', '=', owner)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function saveProgress(
  db: Db,
  { siteId, rotation, progress }: RotationKey & { progress: string },
): Promise<void> {
  await db
    .updateTable('rotation_draft')
    .set({ progress })
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .execute()
}

export async function dropDrafts(db: Db, siteId: number, rotations: number[]): Promise<void> {
  await db.deleteFrom('rotation_draft').where('site_id', '=', siteId).where('rotation', 'in', rotations).execute()
}
