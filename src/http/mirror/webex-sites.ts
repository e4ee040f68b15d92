/** The sites that the connection to Webex reaches, and making one of them a mirror. */
import { orRefusal } from '../../rotations/refusal.ts'
import { connect } from '../../rotations/target/connect.ts'
import { addMirror } from '../../rotations/use-cases/sync.ts'
import { findSite, listSites } from '../../store/sites/sites.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { MirrorSiteRequest, SyncAnswer, WebexSitesAnswer } from '../../wire/sites.ts'
import { fullAdminAccess } from '../access/scopes.ts'
import { orThrow } from '../rotations/refusals.ts'
import { contextOf, type RotationApi } from '../rotations/rotation-api.ts'
import { connectionPath, connectionTag, refuseOwnersOfSites } from '../webex-connection/webex-connection.ts'
import { syncAnswer } from './sync-answer.ts'

const path = `${connectionPath}/sites`

export function webexSites(api: RotationApi): void {
  const { app, store, routes, active } = api

  app.get(
    path,
    {
      config: { access: fullAdminAccess },
      schema: {
        summary: 'List the sites that the connection to Webex reaches',
        description: "Those on which the connection's owner has an account, and those of the first thousand people.",
        tags: [connectionTag],
        response: { 200: WebexSitesAnswer, '4xx': ErrorAnswer, '5xx': ErrorAnswer },
      },
    },
    async request => {
      refuseOwnersOfSites(request)
      const { target } = orThrow(routes.choose('webex'))
      const session = connect(target, orThrow(routes.elsewhere({ target })), { giveUp: active.stopping })
      const reading = orRefusal(0, async () => {
        const sites = new Set(await session.client.ownSites())
        for await (const people of session.client.people()) {
          for (const person of people) for (const site of person.sites.keys()) sites.add(site)
          break
        }
        return sites
      }).finally(session.end)
      const sites = orThrow(await reading)
      const mirrored = new Set(
        (await listSites(store.db, null)).flatMap(site => (site.record_holder === 'mirrored' ? [site.url_key] : [])),
      )
      return { items: [...sites].sort().map(siteUrl => ({ siteUrl, mirrored: mirrored.has(siteUrl) })) }
    },
  )

  app.post(
    path,
    {
      config: { access: fullAdminAccess },
      schema: {
        summary: 'Read a site of Webex into a mirror',
        description: 'Adds the site; the service begins to read it, and goes on.',
        tags: [connectionTag],
        body: MirrorSiteRequest,
        response: { 201: SyncAnswer, '4xx': ErrorAnswer, '5xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      refuseOwnersOfSites(request)
      const { target, profile } = orThrow(routes.choose('webex'))
      const { siteUrl } = request.body
      orThrow(await addMirror(contextOf(api, request), { siteUrl, target, profile: profile.name }))
      const site = (await findSite(store.db, siteUrl))!
      return reply.code(201).send(await syncAnswer(store.db, site, app.clock.now()))
    },
  )
}
