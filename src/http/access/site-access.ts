import { message } from '../../messages/message.ts'
import { parseSite } from '../../rooms/parse-site.ts'
import { findSite, type Site } from '../../store/sites/sites.ts'
import type { Db } from '../../store/tables.ts'
import { refuse } from '../plumbing/errors.ts'
import type { Caller } from './caller.ts'

/**
 * The site that a call names, also as `https://example.webex.com/`, for a caller who may access it. Except to an administrator of every site, a site that
 * does not exist and one that is not theirs look alike.
 *
 * @throws ApiError 403 for another administrator's site; 404 for a site that does not exist.
 */
export async function siteFor(db: Db, caller: Caller, siteUrl: string): Promise<Site> {
  const url = parseSite(siteUrl) ?? siteUrl.toLowerCase()
  if (caller.sites !== null && !caller.sites.has(url)) throw refuse(403, message('otherSite'))
  const site = await findSite(db, url)
  if (site === undefined) throw refuse(404, message('noSite'))
  return site
}

/**
 * Rooms of a mirrored site are changed at its target, and not here.
 *
 * @throws ApiError 403 for a mirrored site.
 */
export function refuseMirrored({ record_holder, target }: Pick<Site, 'record_holder' | 'target'>): void {
  if (record_holder === 'mirrored') throw refuse(403, message('siteMirrored', { target: target ?? '' }))
}

/** The same for a call that changes it, and so must be at its record. @throws ApiError as `siteFor` and `refuseMirrored` do. */
export async function heldSiteFor(db: Db, caller: Caller, siteUrl: string): Promise<Site> {
  const site = await siteFor(db, caller, siteUrl)
  refuseMirrored(site)
  return site
}

/** Whether all of these sites (null for every site) are among the caller's. */
export function isWithin(caller: Caller, sites: string[] | null): boolean {
  if (caller.sites === null) return true
  return sites?.every(site => caller.sites!.has(site.toLowerCase())) ?? false
}
