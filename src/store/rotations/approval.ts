/** The second administrator's consent to a plan. */

import { isSecondPerson, type Kinship, kinshipOf } from '../access/kinship.ts'
import type { Actor } from '../audit-log/audit-events.ts'
import { RotationGone } from '../store-error.ts'
import type { Db } from '../tables.ts'
import { auditRotation } from './audit.ts'
import type { RotationKey } from './journal.ts'
import { changeRotation } from './rows.ts'

export type Approval = 'approved' | 'samePerson' | 'notPlanned'

/**
 * Approves a plan as it is now, by its hash. Its planner cannot, with this token or another of their own. What only a full
 * administrator could do, be both by two tokens, is noted.
 *
 * @throws RotationGone
 */
export async function approveRotation(db: Db, { siteId, rotation, ...actor }: RotationKey & Actor): Promise<Approval> {
  const row = await db
    .selectFrom('rotation')
    .select(['state', 'planned_by', 'plan_hash'])
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .executeTakeFirst()
  if (row === undefined) throw new RotationGone()
  if (row.state !== 'planned') return 'notPlanned'
  const kinship: Kinship =
    row.planned_by === null ? { kind: 'none' } : await kinshipOf(db, row.planned_by, actor.tokenId)
  if (!isSecondPerson(kinship)) return 'samePerson'
  await changeRotation(db, { siteId, rotation })
    .set({ approved_by: actor.tokenId, approved_at: actor.now, approved_hash: row.plan_hash })
    .execute()
  const detail = { planHash: row.plan_hash, ...(kinship.kind === 'made' && { tokensMadeWith: kinship.with }) }
  await auditRotation(db, { siteId, rotation }, { ...actor, action: 'rotation.approved', detail })
  return 'approved'
}

/**
 * Whether this rotation may not start yet: its site asks for a second administrator, or did when it was planned, and none
 * has approved this plan.
 */
export async function lacksApproval(db: Db, { siteId, rotation }: RotationKey): Promise<boolean> {
  const row = await db
    .selectFrom('rotation as r')
    .innerJoin('rotated_site as rotated', 'rotated.site_id', 'r.site_id')
    .leftJoin('site as s', 's.url_key', 'rotated.url_key')
    .select(['r.plan_hash', 'r.approved_by', 'r.approved_hash'])
    .where('r.site_id', '=', siteId)
    .where('r.rotation', '=', rotation)
    .where(({ or, eb }) => or([eb('s.needs_approval', '=', 1), eb('r.approval_needed', '=', 1)]))
    .where('r.started_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined && !isApproved(row)
}

/** Whether this very plan was approved: one that was changed and hashed anew was not. */
export function isApproved(rotation: {
  plan_hash: string | null
  approved_by: string | null
  approved_hash: string | null
}): boolean {
  return rotation.approved_by !== null && rotation.approved_hash === rotation.plan_hash
}

/** Whether somebody planned a rotation of the site that has not started: they are not to lift what it waits for. */
export async function hasOpenPlan(db: Db, { siteId, tokenId }: { siteId: number; tokenId: string }): Promise<boolean> {
  const open = await db
    .selectFrom('rotation as r')
    .innerJoin('rotated_site as rotated', 'rotated.site_id', 'r.site_id')
    .innerJoin('site as s', 's.url_key', 'rotated.url_key')
    .select('r.planned_by')
    .distinct()
    .where('s.site_id', '=', siteId)
    .where('r.state', 'in', ['planning', 'planned'])
    .where('r.planned_by', 'is not', null)
    .execute()
  for (const { planned_by } of open) {
    if (!isSecondPerson(await kinshipOf(db, planned_by!, tokenId))) return true
  }
  return false
}
