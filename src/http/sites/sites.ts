/** Sites, and the rules by which they make and guard IDs. */
import Type from 'typebox'
import { message } from '../../messages/message.ts'
import { findSite, listSites } from '../../store/sites/sites.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { NewSiteRequest, SiteAnswer, SiteChanges, SiteParams } from '../../wire/sites.ts'
import { actorOf } from '../access/actor.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import { refuseMirrored, siteFor } from '../access/site-access.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { changesRooms, siteAnswer } from './site-answer.ts'

export function sites({ app, store }: Api): void {
  app.get(
    '/api/sites',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'List the sites',
        tags: ['Sites'],
        response: { 200: Type.Object({ items: Type.Array(SiteAnswer) }), '4xx': ErrorAnswer },
      },
    },
    async request => ({ items: (await listSites(store.db, callerOf(request).sites)).map(siteAnswer) }),
  )

  app.post(
    '/api/sites',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Add a site',
        description: 'For administrators of every site.',
        tags: ['Sites'],
        body: NewSiteRequest,
        response: { 201: SiteAnswer, '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      if (callerOf(request).sites !== null) throw refuse(403, message('addSiteAllSitesOnly'))
      const { siteUrl, generationMethod = 'random', prefix = 'pr', length = 12, quarantineDays = 30 } = request.body
      const added = await store.write('createSite', {
        ...actorOf(request),
        url: siteUrl,
        rule: { method: generationMethod, prefix, length },
        quarantineDays,
      })
      if (added === null) throw refuse(409, message('siteExists'))
      return reply.code(201).send(siteAnswer((await findSite(store.db, siteUrl))!, app.clock.now()))
    },
  )

  app.get(
    '/api/sites/:siteUrl',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Get a site',
        tags: ['Sites'],
        params: SiteParams,
        response: { 200: SiteAnswer, '4xx': ErrorAnswer },
      },
    },
    async request => siteAnswer(await siteFor(store.db, callerOf(request), request.params.siteUrl), app.clock.now()),
  )

  app.patch(
    '/api/sites/:siteUrl',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Change the rules of a site',
        description:
          'Changes no room: everybody keeps their ID until the next refresh. Only a full administrator of all sites sets `needsApproval` to false, and nobody who has planned a rotation that has not started. Plans keep that they need approval.',
        tags: ['Sites'],
        params: SiteParams,
        body: SiteChanges,
        response: { 200: SiteAnswer, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const caller = callerOf(request)
      const site = await siteFor(store.db, caller, request.params.siteUrl)
      if (changesRooms(request.body)) refuseMirrored(site)
      const endsApproval = request.body.needsApproval === false && site.needs_approval === 1
      const isFullAdmin = caller.role === 'fullAdmin' && caller.sites === null
      if (endsApproval && !isFullAdmin) throw refuse(403, message('approvalFullAdminOnly'))
      const outcome = await store.write('changeSite', {
        ...actorOf(request),
        siteId: site.site_id,
        siteUrl: site.url,
        changes: request.body,
      })
      if (outcome === 'hasOpenPlan') throw refuse(409, message('approvalOwnPlanOpen'))
      return siteAnswer((await findSite(store.db, site.url))!, app.clock.now())
    },
  )
}
