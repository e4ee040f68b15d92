/** The subject of a preference call: the caller, or with an admin scope the person named by `userEmail`. */
import Type, { type Static } from 'typebox'
import { message } from '../../messages/message.ts'
import { type DirectoryPerson, findByEmail } from '../../store/people/directory.ts'
import { readDefaultSite } from '../../store/people/preferences.ts'
import { listSites, type Site } from '../../store/sites/sites.ts'
import type { Db } from '../../store/tables.ts'
import { email, text } from '../../wire/text.ts'
import { holds } from '../access/auth.ts'
import type { Caller } from '../access/caller.ts'
import type { Access } from '../access/scopes.ts'
import { refuseMirrored, siteFor } from '../access/site-access.ts'
import { refuse } from '../plumbing/errors.ts'

export const SubjectQuery = Type.Object(
  {
    userEmail: Type.Optional(email('The person, for callers with an admin scope. Default: the caller.')),
    siteUrl: Type.Optional(text('The site. Default: the default site of the caller or the person.')),
  },
  { additionalProperties: false },
)

export type SubjectQuery = Static<typeof SubjectQuery>

export interface PreferenceSubject {
  site: Site
  person: DirectoryPerson
  /** True when the token belongs to this person. */
  isOwn: boolean
}

/**
 * @param others the scopes needed for another person's preferences.
 * @throws ApiError 403 for another person's preferences, another administrator's site, or a mirrored one, of which Roomkey
 * knows no preferences; 404 where nobody is found.
 */
export async function preferenceSubject(
  db: Db,
  caller: Caller,
  query: SubjectQuery,
  others: Access,
): Promise<PreferenceSubject> {
  const address = addressOf(caller, query.userEmail, others)
  const isOwn = address === caller.email
  const site = await siteOf(db, caller, query.siteUrl, isOwn)
  refuseMirrored(site)
  const [person] = await findByEmail(db, [site.site_id], address)
  if (person === undefined) throw refuse(404, message('noPerson'))
  return { site, person, isOwn }
}

/** The e-mail, in lower case, of the person that a call is about. */
export function addressOf(caller: Caller, userEmail: string | undefined, others: Access): string {
  const address = userEmail?.toLowerCase() ?? caller.email
  if (address === null) throw refuse(400, 'Name the person with userEmail: the access token belongs to nobody.')
  if (address !== caller.email && !holds(caller, others)) {
    throw refuse(403, 'The access token is for the preferences of its own person only.')
  }
  return address
}

async function siteOf(db: Db, caller: Caller, siteUrl: string | undefined, isOwn: boolean): Promise<Site> {
  if (siteUrl !== undefined) return siteFor(db, caller, siteUrl)
  return defaultSite(db, caller, isOwn ? caller.email : null)
}

/**
 * The site of a call that names none: the default that the caller chose, else the first where `email` has an account,
 * else the caller's first. `email` is null for a call about another person.
 */
export async function defaultSite(db: Db, caller: Caller, email: string | null): Promise<Site> {
  const sites = await listSites(db, caller.sites)
  const chosen = caller.email === null ? undefined : await readDefaultSite(db, caller.email)
  const own =
    email === null
      ? []
      : await findByEmail(
          db,
          sites.map(site => site.site_id),
          email,
        )
  const siteId = chosen ?? own[0]?.siteId
  const site = sites.find(each => each.site_id === siteId) ?? sites[0]
  if (site === undefined) throw refuse(404, 'This access token is not for any site.')
  return site
}
