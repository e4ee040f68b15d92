import type { Selectable } from 'kysely'
import type { GenerationMethod, IdRule } from '../../rooms/id-rule.ts'
import { type Actor, insertAuditEvent } from '../audit-log/audit-events.ts'
import { cached } from '../read-cache.ts'
import { hasOpenPlan } from '../rotations/approval.ts'
import type { Db, SiteRow } from '../tables.ts'
import { updateSitesWithWebhooks } from '../webhooks/webhooks.ts'

export type Site = Selectable<SiteRow>

export interface NewSite {
  url: string
  rule: IdRule
  quarantineDays: number
  now: number
}

/** Site URLs are host names: compared without regard to case. */
export async function findSite(db: Db, url: string): Promise<Site | undefined> {
  const key = url.toLowerCase()
  return cached(db, `site ${key}`, () =>
    db.selectFrom('site').selectAll().where('url_key', '=', key).executeTakeFirst(),
  )
}

/** A site by its number, as it is now. */
export async function findSiteById(db: Db, siteId: number): Promise<Site> {
  return db.selectFrom('site').selectAll().where('site_id', '=', siteId).executeTakeFirstOrThrow()
}

/** The rule by which a site makes IDs. */
export async function siteRule(db: Db, siteId: number): Promise<IdRule | undefined> {
  return cached(db, `rule ${siteId}`, () =>
    db
      .selectFrom('site')
      .select(['generation_method as method', 'id_prefix as prefix', 'id_length as length'])
      .where('site_id', '=', siteId)
      .executeTakeFirst(),
  )
}

/** The sites with these lower-cased URLs, or all of them, in the order in which they were added. */
export async function listSites(db: Db, urls: ReadonlySet<string> | null): Promise<Site[]> {
  const sites = db.selectFrom('site').selectAll().orderBy('site_id')
  if (urls === null) return sites.execute()
  return urls.size === 0 ? [] : sites.where('url_key', 'in', [...urls]).execute()
}

/** Adds a site, or returns the number of the existing one. */
export async function addSite(db: Db, { url, rule, quarantineDays, now }: NewSite): Promise<number> {
  const existing = await findSite(db, url)
  if (existing !== undefined) return existing.site_id
  const { last } = await db
    .selectFrom('site')
    .select(({ fn }) => fn.max('site_id').as('last'))
    .executeTakeFirstOrThrow()
  const siteId = Number(last ?? 0) + 1
  await db
    .insertInto('site')
    .values({
      site_id: siteId,
      url,
      url_key: url.toLowerCase(),
      generation_method: rule.method,
      id_prefix: rule.prefix,
      id_length: rule.length,
      quarantine_days: quarantineDays,
      created_at: now,
    })
    .execute()
  await db.insertInto('site_people').values({ site_id: siteId, last_person: 0 }).execute()
  await updateSitesWithWebhooks(db)
  return siteId
}

export interface SiteLock {
  siteId: number
  tokenId: string
  now: number
  until: number
}

/** Takes or extends the caller's exclusive lock on the site. Returns until when somebody else holds it, if so. */
export async function lockSite(
  db: Db,
  { siteId, tokenId, now, until }: SiteLock,
): Promise<{ heldUntil: number | null }> {
  const taken = await db
    .updateTable('site')
    .set({ lock_token_id: tokenId, lock_until: until })
    .where('site_id', '=', siteId)
    .where(({ or, eb }) =>
      or([eb('lock_token_id', 'is', null), eb('lock_token_id', '=', tokenId), eb('lock_until', '<=', now)]),
    )
    .executeTakeFirst()
  if (taken.numUpdatedRows > 0n) return { heldUntil: null }
  const { lock_until } = await db
    .selectFrom('site')
    .select('lock_until')
    .where('site_id', '=', siteId)
    .executeTakeFirstOrThrow()
  return { heldUntil: lock_until }
}

/** Releases the caller's own lock; somebody else's stays. */
export async function unlockSite(db: Db, { siteId, tokenId }: { siteId: number; tokenId: string }): Promise<void> {
  await db
    .updateTable('site')
    .set({ lock_token_id: null, lock_until: null })
    .where('site_id', '=', siteId)
    .where('lock_token_id', '=', tokenId)
    .execute()
}

/** Adds a site, and records it in the audit log. Returns its number, or null where the site already exists. */
export async function createSite(db: Db, site: NewSite & Actor): Promise<number | null> {
  if ((await findSite(db, site.url)) !== undefined) return null
  const siteId = await addSite(db, site)
  const { rule, quarantineDays } = site
  await insertAuditEvent(db, site, {
    siteId,
    action: 'site.created',
    subject: site.url,
    detail: { ...rule, quarantineDays },
  })
  return siteId
}

export interface SiteChange extends Actor {
  siteId: number
  siteUrl: string
  /** Only what changes. */
  changes: {
    generationMethod?: GenerationMethod
    prefix?: string
    length?: number
    quarantineDays?: number
    allowCustomUrl?: boolean
    minimumStrength?: number
    movedPage?: boolean
    needsApproval?: boolean
  }
}

/**
 * Changes how a site makes and guards its IDs. Touches no room: everybody keeps their ID. Nobody who has planned a rotation
 * that has not started can do away with the second administrator whom it waits for: nothing is changed then.
 */
export async function changeSite(db: Db, change: SiteChange): Promise<'changed' | 'hasOpenPlan'> {
  const { siteId, siteUrl, changes } = change
  if (changes.needsApproval === false && (await isApprovalNeeded(db, siteId)) && (await hasOpenPlan(db, change))) {
    return 'hasOpenPlan'
  }
  const mark = (flag: boolean | undefined) => (flag === undefined ? undefined : flag ? 1 : 0)
  await db
    .updateTable('site')
    .set({
      generation_method: changes.generationMethod,
      id_prefix: changes.prefix,
      id_length: changes.length,
      quarantine_days: changes.quarantineDays,
      allow_custom_url: mark(changes.allowCustomUrl),
      minimum_strength: changes.minimumStrength,
      moved_page: mark(changes.movedPage),
      needs_approval: mark(changes.needsApproval),
    })
    .where('site_id', '=', siteId)
    .execute()
  await insertAuditEvent(db, change, { siteId, action: 'site.changed', subject: siteUrl, detail: changes })
  return 'changed'
}

async function isApprovalNeeded(db: Db, siteId: number): Promise<boolean> {
  return (await findSiteById(db, siteId)).needs_approval === 1
}
