import type { Selectable } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { AuditEventRow, Db } from '../tables.ts'

/** Who does something, by which call, and when. Every write that an administrator causes carries it. */
export interface Origin {
  tokenId: string
  trackingId: string
  /** Milliseconds since 1970. */
  now: number
}

export interface Act {
  /** Null for an act on the service as a whole. */
  siteId: number | null
  /** Verb last, e.g. `site.changed`. */
  action: string
  subject: string | null
  /** What was asked for. No secret may be in it. */
  detail: Record<string, unknown>
}

/** Writes down an administrative act, in the transaction that carries it out. */
export async function recordAct(db: Db, { tokenId, trackingId, now }: Origin, act: Act): Promise<void> {
  await db
    .insertInto('audit_event')
    .values({
      site_id: act.siteId ?? 0,
      event_id: uuidv7(),
      at: now,
      token_id: tokenId,
      tracking_id: trackingId,
      action: act.action,
      subject: act.subject,
      detail: JSON.stringify(act.detail),
    })
    .execute()
}

/** The same as a write of its own, where the act took many transactions. */
export async function writeDownAct(db: Db, { act, ...origin }: Origin & { act: Act }): Promise<void> {
  await recordAct(db, origin, act)
}

export type AuditEvent = Selectable<AuditEventRow> & { token_name: string | null }

/** The acts on a site, or on the service as a whole where `siteId` is null: the latest first, from before one of them on. */
export async function listActs(
  db: Db,
  siteId: number | null,
  before: string | null,
  limit: number,
): Promise<AuditEvent[]> {
  return db
    .selectFrom('audit_event as e')
    .leftJoin('token as t', 't.token_id', 'e.token_id')
    .selectAll('e')
    .select('t.name as token_name')
    .where('e.site_id', '=', siteId ?? 0)
    .$if(before !== null, acts => acts.where('e.event_id', '<', before!))
    .orderBy('e.event_id', 'desc')
    .limit(limit)
    .execute()
}
