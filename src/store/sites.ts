import type { Selectable } from 'kysely'
import type { IdRule } from '../rooms/id-rule.ts'
import { recall } from './short-memory.ts'
import type { Db, SiteRow } from './tables.ts'

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
  return recall(db, `site ${key}`, () =>
    db.selectFrom('site').selectAll().where('url_key', '=', key).executeTakeFirst(),
  )
}

/** The rule by which a site makes IDs. */
export async function siteRule(db: Db, siteId: number): Promise<IdRule | undefined> {
  return recall(db, `rule ${siteId}`, () =>
    db
      .selectFrom('site')
      .select(['generation_method as method', 'id_prefix as prefix', 'id_length as length'])
      .where('site_id', '=', siteId)
      .executeTakeFirst(),
  )
}

/** Adds a site, or gives back the number of the one that is there. */
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
  return siteId
}

export interface SiteLock {
  siteId: number
  tokenId: string
  now: number
  until: number
}

/** Takes the site's exclusive lock, or prolongs the caller's own. Says until when somebody else holds it, if so. */
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

/** Gives the caller's own lock back; somebody else's stays. */
export async function unlockSite(db: Db, { siteId, tokenId }: { siteId: number; tokenId: string }): Promise<void> {
  await db
    .updateTable('site')
    .set({ lock_token_id: null, lock_until: null })
    .where('site_id', '=', siteId)
    .where('lock_token_id', '=', tokenId)
    .execute()
}
