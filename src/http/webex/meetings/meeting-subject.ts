/** Whose meetings a call is about: the caller's, or with an admin scope those of the person whom `hostEmail` names. */
import { message } from '../../../messages/message.ts'
import { type DirectoryPerson, findByEmail } from '../../../store/people/directory.ts'
import { listSites, type Site } from '../../../store/sites/sites.ts'
import type { Db } from '../../../store/tables.ts'
import { holds } from '../../access/auth.ts'
import type { Caller } from '../../access/caller.ts'
import type { Access } from '../../access/scopes.ts'
import { refuseMirrored, siteFor } from '../../access/site-access.ts'
import { refuse } from '../../plumbing/errors.ts'

export interface MeetingSubject {
  accounts: { site: Site; person: DirectoryPerson }[]
  /** In lower case. */
  email: string
  /** True when the token belongs to this person. */
  isOwn: boolean
}

/**
 * @param others what is needed for other people's meetings
 * @throws ApiError 400 where nobody is named; 403 for other people's without an admin scope, another administrator's site,
 * or a mirrored one; 404 where nobody is found
 */
export async function meetingSubject(
  db: Db,
  caller: Caller,
  { hostEmail, siteUrl }: { hostEmail?: string | undefined; siteUrl?: string | undefined },
  others: Access,
): Promise<MeetingSubject> {
  const email = hostEmail?.toLowerCase() ?? caller.email
  if (email === null) throw refuse(400, 'Name the host with hostEmail: the access token belongs to nobody.')
  const isOwn = email === caller.email
  if (!isOwn && !holds(caller, others)) {
    throw refuse(403, 'hostEmail is for access tokens with an admin scope; this one is for its own meetings only.')
  }
  const sites = await sitesOf(db, caller, siteUrl)
  const people = await findByEmail(db, [...sites.keys()], email)
  if (people.length === 0) throw refuse(404, message('noPerson'))
  return { accounts: people.map(person => ({ site: sites.get(person.siteId)!, person })), email, isOwn }
}

/** Of mirrored sites, Roomkey knows no meetings. */
async function sitesOf(db: Db, caller: Caller, siteUrl: string | undefined): Promise<Map<number, Site>> {
  if (siteUrl === undefined) {
    const held = (await listSites(db, caller.sites)).filter(({ record_holder }) => record_holder === 'held')
    return new Map(held.map(site => [site.site_id, site]))
  }
  const site = await siteFor(db, caller, siteUrl)
  refuseMirrored(site)
  return new Map([[site.site_id, site]])
}
