/** Get Site List and Update Default Site. */

import Type from 'typebox'
import { message } from '../../messages/message.ts'
import { findByEmail } from '../../store/people/directory.ts'
import { readDefaultSite } from '../../store/people/preferences.ts'
import { listSites } from '../../store/sites/sites.ts'
import type { Db } from '../../store/tables.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { UserSite, UserSites } from '../../wire/preferences.ts'
import { email, text } from '../../wire/text.ts'
import { actorOf } from '../access/actor.ts'
import { callerOf } from '../access/auth.ts'
import type { Caller } from '../access/caller.ts'
import { othersPreferencesRead, preferencesRead, preferencesWrite, refreshAccess } from '../access/scopes.ts'
import { siteFor } from '../access/site-access.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { addressOf, SubjectQuery } from './preference-subject.ts'

const path = '/meetingPreferences/sites'

export function userSites({ app, store }: Api): void {
  app.get(
    path,
    {
      config: { access: preferencesRead },
      schema: {
        summary: 'Get Site List',
        tags: ['Preferences'],
        querystring: SubjectQuery,
        response: { 200: UserSites, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const caller = callerOf(request)
      const address = addressOf(caller, request.query.userEmail, othersPreferencesRead)
      if (request.query.siteUrl !== undefined) await siteFor(store.db, caller, request.query.siteUrl)
      return sitesOf(store.db, caller, address)
    },
  )

  app.put(
    path,
    {
      config: { access: preferencesWrite },
      schema: {
        summary: 'Update Default Site',
        tags: ['Preferences'],
        querystring: Type.Object(
          {
            defaultSite: Type.Enum(['true', 'false'], { description: 'Must be true: makes the site the default.' }),
            userEmail: Type.Optional(email('The person, for callers with an admin scope.')),
          },
          { additionalProperties: false },
        ),
        body: Type.Object(
          {
            siteUrl: text('The site.'),
            default: Type.Optional(Type.Boolean({ description: 'Read-only: may be sent back as it was read.' })),
          },
          { additionalProperties: false },
        ),
        response: { 200: UserSite, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const caller = callerOf(request)
      const address = addressOf(caller, request.query.userEmail, refreshAccess)
      const site = await siteFor(store.db, caller, request.body.siteUrl)
      const [account] = await findByEmail(store.db, [site.site_id], address)
      if (account === undefined) throw refuse(404, message('noPerson'))
      if (request.query.defaultSite === 'true') {
        await store.write('chooseDefaultSite', {
          ...actorOf(request),
          email: address,
          siteId: site.site_id,
          siteUrl: site.url,
          isOwn: address === caller.email,
        })
      }
      const { sites } = await sitesOf(store.db, caller, address)
      return sites.find(({ siteUrl }) => siteUrl === site.url)!
    },
  )
}

/** The sites where a person has an account, as far as the caller may see them. @throws ApiError 404 for none. */
export async function sitesOf(db: Db, caller: Caller, address: string): Promise<UserSites> {
  const sites = await listSites(db, caller.sites)
  const accounts = await findByEmail(
    db,
    sites.map(site => site.site_id),
    address,
  )
  if (accounts.length === 0) throw refuse(404, 'Person was not found on any of your sites.')
  const chosen = await readDefaultSite(db, address)
  const byDefault = accounts.find(({ siteId }) => siteId === chosen) ?? accounts[0]!
  const urls = new Map(sites.map(site => [site.site_id, site.url]))
  return {
    sites: accounts.map(({ siteId }) => ({ siteUrl: urls.get(siteId)!, default: siteId === byDefault.siteId })),
  }
}
