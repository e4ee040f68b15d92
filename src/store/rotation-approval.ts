/** The second administrator's consent to a plan. */
import { type Origin, recordAct } from './audit-events.ts'
import type { RotationKey } from './rotation-journal.ts'
import type { Db } from './tables.ts'

/** Writes down who has a rotation planned, as an administrator's act. */
export async function recordPlanner(db: Db, { siteId, rotation, ...origin }: RotationKey & Origin): Promise<void> {
  await db
    .updateTable('rotation')
    .set({ planned_by: origin.tokenId })
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .execute()
  await recordAct(db, origin, { siteId, action: 'rotation.planned', subject: String(rotation), detail: {} })
}

export type Approval = 'approved' | 'samePerson' | 'notPlanned'

/** Approves a plan as an administrator's act. Whoever planned it cannot, with this token or another of their own. */
export async function approveRotation(
  db: Db,
  { siteId, rotation, ...origin }: RotationKey & Origin,
): Promise<Approval> {
  const row = await db
    .selectFrom('rotation')
    .select(['state', 'planned_by', 'plan_hash'])
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .executeTakeFirst()
  if (row?.state !== 'planned') return 'notPlanned'
  if (row.planned_by !== null && (await isSamePerson(db, row.planned_by, origin.tokenId))) return 'samePerson'
  await db
    .updateTable('rotation')
    .set({ approved_by: origin.tokenId, approved_at: origin.now })
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .execute()
  const detail = { planHash: row.plan_hash }
  await recordAct(db, origin, { siteId, action: 'rotation.approved', subject: String(rotation), detail })
  return 'approved'
}

/** Whether this rotation may not start yet: its site asks for a second administrator, and none has approved it. */
export async function lacksApproval(db: Db, { siteId, rotation }: RotationKey): Promise<boolean> {
  const row = await db
    .selectFrom('rotation as r')
    .innerJoin('site as s', 's.site_id', 'r.site_id')
    .select('r.approved_by')
    .where('r.site_id', '=', siteId)
    .where('r.rotation', '=', rotation)
    .where('s.needs_approval', '=', 1)
    .where('r.started_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined && row.approved_by === null
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
