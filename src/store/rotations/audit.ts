/** Actions on rotations in the audit log. */
import { type Actor, insertAuditEvent } from '../audit-log/audit-events.ts'
import type { Db } from '../tables.ts'
import type { RotationKey } from './journal.ts'

export type RotationAction =
  | 'rotation.planned'
  | 'rotation.approved'
  | 'rotation.started'
  | 'rotation.resumed'
  | 'rotation.paused'
  | 'rotation.verified'
  | 'rotation.meetingsRead'
  | 'rotation.rehearsed'
  | 'rotation.removed'

export interface RotationAudit extends Actor {
  action: RotationAction
  detail: Record<string, unknown>
}

/**
 * Writes an action into the audit log of the rotation's site. A site that is not in this database has none: there it
 * goes into the log of the service as a whole, with the site's URL.
 */
export async function auditRotation(
  db: Db,
  { siteId, rotation }: RotationKey,
  { action, detail, ...actor }: RotationAudit,
): Promise<void> {
  const { url, own } = await db
    .selectFrom('rotated_site as rotated')
    .leftJoin('site', 'site.url_key', 'rotated.url_key')
    .select(['rotated.url', 'site.site_id as own'])
    .where('rotated.site_id', '=', siteId)
    .executeTakeFirstOrThrow()
  const about = own === null ? { siteUrl: url, ...detail } : detail
  await insertAuditEvent(db, actor, { siteId: own, action, subject: String(rotation), detail: about })
}

/** The same as a write of its own, for actions that took many transactions. */
export async function recordRotationAction(
  db: Db,
  { audit, ...key }: RotationKey & { audit: RotationAudit },
): Promise<void> {
  await auditRotation(db, key, audit)
}
