/** Which process reads a mirrored site, and how far it has come. Each function is one transaction. */
import type { Selectable, Updateable } from 'kysely'
import type { MessageOrText } from '../../messages/message.ts'
import type { IdRule } from '../../rooms/id-rule.ts'
import { type Actor, insertAuditEvent } from '../audit-log/audit-events.ts'
import { lastPerson } from '../people/people.ts'
import { addSite, findSite, type Site } from '../sites/sites.ts'
import { toStoredOrNull } from '../stored-message.ts'
import type { Db } from '../tables.ts'
import type { SyncRow } from './mirror-tables.ts'

export type Sync = Selectable<SyncRow>

/** The process that reads a site. Each of its writes says so, and none is made once another process has taken over. */
export interface Reader {
  siteId: number
  owner: string
  now: number
}

/** A process that has been silent for so long reads no more. */
const leaseMs = 30_000

export interface MirroredSite extends Actor {
  url: string
  target: string
  profile: 'webex' | 'roomkey'
  rule: IdRule
}

/** Why a site cannot become a mirror of a target. */
export type MirrorRefusal =
  | { refused: 'siteHeld'; siteUrl: string }
  | { refused: 'otherMirrorTarget'; siteUrl: string; target: string }

/**
 * Makes a site a mirror of a target: a new one, or one that nobody is on yet. Does nothing where it is one already.
 * Recorded in the audit log.
 */
export async function mirrorSite(db: Db, site: MirroredSite): Promise<{ siteId: number } | MirrorRefusal> {
  const { url, target, profile } = site
  const existing = await findSite(db, url)
  if (existing?.record_holder === 'mirrored') {
    return existing.target === target
      ? { siteId: existing.site_id }
      : { refused: 'otherMirrorTarget', siteUrl: url, target: existing.target ?? '' }
  }
  if (existing !== undefined && (await lastPerson(db, existing.site_id)) > 0)
    return { refused: 'siteHeld', siteUrl: url }
  const siteId = await addSite(db, { ...site, quarantineDays: 0 })
  await db
    .updateTable('site')
    .set({ record_holder: 'mirrored', target, profile })
    .where('site_id', '=', siteId)
    .execute()
  await db
    .insertInto('site_sync')
    .values({
      site_id: siteId,
      round: 0,
      phase: 'rooms',
      list_next: null,
      listed: 0,
      odd_entries: 0,
      known: 0,
      list_ended_at: null,
      missing: 0,
      pass_began_at: null,
      pass_ended_at: null,
      last_read_at: null,
      // The service reads it, until it is told not to.
      wanted: 1,
      owner: null,
      lease_until: null,
      rooms_per_minute: null,
      stop_reason: null,
    })
    .execute()
  await insertAuditEvent(db, site, { siteId, action: 'site.mirrored', subject: url, detail: { target, profile } })
  return { siteId }
}

export async function getSync(db: Db, siteId: number): Promise<Sync | undefined> {
  return db.selectFrom('site_sync').selectAll().where('site_id', '=', siteId).executeTakeFirst()
}

/** Whether a process reads the site, as far as is known. */
export function isRead({ owner, lease_until }: Pick<Sync, 'owner' | 'lease_until'>, now: number): boolean {
  return owner !== null && (lease_until ?? 0) > now
}

/**
 * Makes a process the reader of a site, and says how far reading has come. `patient` leaves a site to the process that
 * reads it; else that one stops when it notices.
 */
export async function takeSync(
  db: Db,
  { siteId, owner, now, patient }: Reader & { patient: boolean },
): Promise<Sync | undefined> {
  const taken = await db
    .updateTable('site_sync')
    .set({ owner, lease_until: now + leaseMs, stop_reason: null })
    .where('site_id', '=', siteId)
    .$if(patient, rows =>
      rows.where(({ or, eb }) => or([eb('owner', 'is', null), eb('owner', '=', owner), eb('lease_until', '<=', now)])),
    )
    .executeTakeFirst()
  return taken.numUpdatedRows === 0n ? undefined : getSync(db, siteId)
}

/** Renews the lease, in the transaction of a write. False where another process reads the site by now. */
export async function holdSync(db: Db, { siteId, owner, now }: Reader): Promise<boolean> {
  const held = await db
    .updateTable('site_sync')
    .set({ lease_until: now + leaseMs })
    .where('site_id', '=', siteId)
    .where('owner', '=', owner)
    .executeTakeFirst()
  return held.numUpdatedRows > 0n
}

/** Renews the lease while nothing else is written, and notes the pace. */
export async function keepSync(db: Db, reader: Reader & { roomsPerMinute: number | null }): Promise<boolean> {
  if (!(await holdSync(db, reader))) return false
  await setSync(db, reader.siteId, { rooms_per_minute: reader.roomsPerMinute })
  return true
}

/** Ends reading: `reason` is null where it has done what it was asked to, or was asked to stop. */
export async function releaseSync(db: Db, reader: Reader & { reason: MessageOrText | null }): Promise<void> {
  if (!(await holdSync(db, reader))) return
  await setSync(db, reader.siteId, { owner: null, lease_until: null, stop_reason: toStoredOrNull(reader.reason) })
}

/** Begins a pass, which reads every room once, unless one is under way. */
export async function beginPass(db: Db, reader: Reader): Promise<Sync | undefined> {
  if (!(await holdSync(db, reader))) return undefined
  const sync = (await getSync(db, reader.siteId))!
  if (sync.pass_began_at !== null && (sync.pass_ended_at ?? 0) < sync.pass_began_at) return sync
  await setSync(db, reader.siteId, { pass_began_at: reader.now })
  return { ...sync, pass_began_at: reader.now }
}

export async function endPass(db: Db, reader: Reader): Promise<boolean> {
  if (!(await holdSync(db, reader))) return false
  await setSync(db, reader.siteId, { pass_ended_at: reader.now })
  return true
}

/**
 * Whether the service is to go on reading a site, and is to believe a list that has lost many. Recorded in the audit
 * log. The process that reads notices with its next write.
 */
export async function wantSync(
  db: Db,
  { siteId, siteUrl, wanted, acceptShrink, ...actor }: Actor & SyncWish,
): Promise<void> {
  await setSync(db, siteId, {
    wanted: wanted ? 1 : 0,
    owner: null,
    lease_until: null,
    stop_reason: null,
    ...(acceptShrink ? { accept_shrink: 1 } : {}),
  })
  await insertAuditEvent(db, actor, {
    siteId,
    action: wanted ? 'sync.started' : 'sync.stopped',
    subject: siteUrl,
    detail: wanted ? { acceptShrink } : {},
  })
}

export interface SyncWish {
  siteId: number
  siteUrl: string
  wanted: boolean
  acceptShrink: boolean
}

/** The mirrored sites that are to be read and that nobody reads. */
export async function mirrorsToRead(db: Db, now: number): Promise<Site[]> {
  return db
    .selectFrom('site')
    .innerJoin('site_sync', 'site_sync.site_id', 'site.site_id')
    .selectAll('site')
    .where('site.record_holder', '=', 'mirrored')
    .where('site_sync.wanted', '=', 1)
    .where(({ or, eb }) => or([eb('site_sync.owner', 'is', null), eb('site_sync.lease_until', '<=', now)]))
    .orderBy('site.site_id')
    .execute()
}

export async function setSync(db: Db, siteId: number, values: Updateable<SyncRow>): Promise<void> {
  await db.updateTable('site_sync').set(values).where('site_id', '=', siteId).execute()
}
