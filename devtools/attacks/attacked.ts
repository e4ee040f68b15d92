/** The service that is attacked: a site whose administrator and user do it, and another one that has nothing to do with it. */
import type { Outcome } from './send.ts'

export type Attack = (service: Attacked, seconds: number) => Promise<Outcome>

export interface Attacked {
  url: string
  /** Of the administrator of the site, and of a user of it. */
  siteAdministrator: string
  user: string
  /** Of an administrator of everything. */
  token: string
  site: string
  /** The address of somebody on the site. */
  person: string
  otherSite: string
  otherPerson: string
}

const otherSite = 'other.webex.com'
const otherPerson = 'ada@other.example.com'

/** Adds the other site and the tokens of those who attack. */
export async function prepareAttacks(url: string, token: string, site: string, person: string): Promise<Attacked> {
  const call = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as { token: string }
  }
  await call('/api/sites', { siteUrl: otherSite })
  await call('/v1/people', { emails: [otherPerson], displayName: 'Ada', siteUrls: [otherSite] })
  const scopes = [
    'roomkey:admin',
    'spark:webhooks_write',
    'spark-admin:people_read',
    'meeting:admin_config_read',
    'meeting:admin_config_write',
  ]
  const { token: siteAdministrator } = await call('/api/tokens', {
    name: 'site administrator',
    role: 'siteAdmin',
    scopes,
    sites: [site],
  })
  const { token: user } = await call('/api/tokens', {
    name: 'user',
    role: 'user',
    scopes: ['meeting:preferences_write'],
    sites: [site],
    email: person,
  })
  return { url, siteAdministrator, user, token, site, person, otherSite, otherPerson }
}
