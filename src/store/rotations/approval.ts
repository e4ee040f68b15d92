/** The second administrator's consent to a plan. */
import type { Actor } from '../audit-log/audit-events.ts'
import { RotationGone } from '../store-error.ts'
import type { Db } from '../tables.ts'
import { auditRotation } from './audit.ts'
import type { RotationKey } from './journal.ts'
import { changeRotation } from './rows.ts'

export type Approval = 'approved' | 'samePerson' | 'notPlanned'

/**
 * Approves a plan as it is now, by its hash. Its planner cannot, with this token or another of their own.
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
  if (row.planned_by !== null && (await isSamePerson(db, row.planned_by, actor.tokenId))) return 'samePerson'
  await changeRotation(db, { siteId, rotation })
    .set({ approved_by: actor.tokenId, approved_at: actor.now, approved_hash: row.plan_hash })
    .execute()
  const detail = { planHash: row.plan_hash }
  await auditRotation(db, { siteId, rotation }, { ...actor, action: 'rotation.approved', detail })
  return 'approved'
}

/** Whether this rotation may not start yet: its site asks for a second administrator, and none has approved this plan. */
export async function lacksApproval(db: Db, { siteId, rotation }: RotationKey): Promise<boolean> {
  const row = await db
    .selectFrom('rotation as r')
    .innerJoin('rotated_site as rotated', 'rotated.site_id', 'r.site_id')
    .innerJoin('site as s', 's.url_key', 'rotated.url_key')
    .select(['r.plan_hash', 'r.approved_by', 'r.approved_hash'])
    .where('r.site_id', '=', siteId)
    .where('r.rotation', '=', rotation)
    .where('s.needs_approval', '=', 1)
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

/** The same token, or two tokens of one person. */
export async function isSamePerson(db: Db, one: string, other: string): Promise<boolean> {
  if (one === other) return true
  const tokens = await db
    .selectFrom('token')
    .select('email_key')
    .where('token_id', 'in', [one, other])
    .where('email_key', 'is not', null)
    .execute()
  return tokens.length === 2 && tokens[0]!.email_key === tokens[1]!.email_key
}
