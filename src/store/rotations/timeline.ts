/** What happened to a rotation, from the audit log and from its journal. */
import { type AuditLogEntry, auditEntries } from '../audit-log/audit-events.ts'
import type { Db } from '../tables.ts'
import type { RotationKey } from './journal.ts'
import { type Rotation, rotationQuery } from './rotations.ts'

/** More than anybody does to one rotation. */
const maxEntries = 500

/** Events of the journal that say how far a rotation came. */
export const milestones = ['canaryOver', 'stopped', 'finished'] as const

export async function milestonesOf(
  db: Db,
  { siteId, rotation }: RotationKey,
): Promise<{ at: number; kind: (typeof milestones)[number]; body: string }[]> {
  const rows = await db
    .selectFrom('rotation_event')
    .select(['at', 'kind', 'body'])
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .where('kind', 'in', milestones)
    .orderBy('number', 'desc')
    .limit(maxEntries)
    .execute()
  return rows.map(({ at, kind, body }) => ({ at: Number(at), kind: kind as (typeof milestones)[number], body }))
}

/**
 * What administrators did with a rotation, since it was planned: a plan that was discarded leaves its number to the next.
 *
 * @param ownSiteId of the site itself, in this database.
 */
export async function actsOnRotation(
  db: Db,
  ownSiteId: number,
  { rotation, created_at }: Pick<Rotation, 'rotation' | 'created_at'>,
): Promise<AuditLogEntry[]> {
  return auditEntries(db, ownSiteId)
    .where('e.event_id', '>=', firstEventIdAt(created_at))
    .where('e.subject', '=', String(rotation))
    .where('e.action', 'like', 'rotation.%')
    .limit(maxEntries)
    .execute()
}

/** The least ID that an event of that time can have: they begin with their time (UUID version 7). */
function firstEventIdAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

/** The rotations that undo one and have begun, the newest first. */
export async function begunUndosOf(db: Db, { siteId, rotation }: RotationKey): Promise<Rotation[]> {
  return rotationQuery(db)
    .where('rotation.site_id', '=', siteId)
    .where('rotation.undo_of', '=', rotation)
    .where('rotation.started_at', 'is not', null)
    .orderBy('rotation.rotation', 'desc')
    .execute()
}
