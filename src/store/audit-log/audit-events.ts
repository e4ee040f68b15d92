import type { Selectable } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { AuditEventRow, Db } from '../tables.ts'

/** Who acts, by which call, and when. Every write that an administrator causes carries it. */
export interface Actor {
  tokenId: string
  trackingId: string
  /** Milliseconds since 1970. */
  now: number
}

/** One administrative action, for the audit log. */
export interface AuditEvent {
  /** Null where it concerns the service as a whole. */
  siteId: number | null
  /** Verb last, e.g. `site.changed`. */
  action: string
  subject: string | null
  /** What was asked for. No secret may be in it. */
  detail: Record<string, unknown>
}

/** Adds an event to the audit log, in the transaction that carries it out. */
export async function insertAuditEvent(db: Db, { tokenId, trackingId, now }: Actor, event: AuditEvent): Promise<void> {
  await db
    .insertInto('audit_event')
    .values({
      site_id: event.siteId ?? 0,
      event_id: uuidv7(),
      at: now,
      token_id: tokenId,
      tracking_id: trackingId,
      action: event.action,
      subject: event.subject,
      detail: JSON.stringify(event.detail),
    })
    .execute()
}

/** The same as a write of its own, for actions that took many transactions. */
export async function recordAuditEvent(db: Db, { event, ...actor }: Actor & { event: AuditEvent }): Promise<void> {
  await insertAuditEvent(db, actor, event)
}

export type AuditLogEntry = Selectable<AuditEventRow> & { token_name: string | null }

/** The entries of a site, or of the service as a whole where `siteId` is 0: newest first. */
export function auditEntries(db: Db, siteId: number) {
  return db
    .selectFrom('audit_event as e')
    .leftJoin('token as t', 't.token_id', 'e.token_id')
    .selectAll('e')
    .select('t.name as token_name')
    .where('e.site_id', '=', siteId)
    .orderBy('e.event_id', 'desc')
}

/** The audit log of a site, or of the service as a whole where `siteId` is null: newest first, older than the event `before`. */
export async function listAuditEvents(
  db: Db,
  siteId: number | null,
  before: string | null,
  limit: number,
): Promise<AuditLogEntry[]> {
  return auditEntries(db, siteId ?? 0)
    .$if(before !== null, acts => acts.where('e.event_id', '<', before!))
    .limit(limit)
    .execute()
}
