/** The reading of a mirrored site: how far it has come, and having the service go on with it or not. */
import type { FastifyRequest } from 'fastify'
import { message } from '../../messages/message.ts'
import { wantMirror } from '../../rotations/use-cases/sync.ts'
import type { Site } from '../../store/sites/sites.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { SiteParams, SyncAnswer, SyncStartRequest } from '../../wire/sites.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import { siteFor } from '../access/site-access.ts'
import { refuse } from '../plumbing/errors.ts'
import { orThrow } from '../rotations/refusals.ts'
import { contextOf, type RotationApi } from '../rotations/rotation-api.ts'
import { syncAnswer } from './sync-answer.ts'

const path = '/api/sites/:siteUrl/sync'

export function sync(api: RotationApi): void {
  const { app, store } = api
  const route = {
    config: { access: adminAccess },
    schema: { tags: ['Mirror'], params: SiteParams, response: { 200: SyncAnswer, '4xx': ErrorAnswer } },
  }

  app.get(
    path,
    { ...route, schema: { ...route.schema, summary: 'Get how far the reading of a mirrored site has come' } },
    async request => syncAnswer(store.db, await mirrorFor(request), app.clock.now()),
  )

  app.post(
    `${path}/start`,
    {
      ...route,
      schema: {
        ...route.schema,
        summary: 'Have the service read a mirrored site',
        description: 'For administrators of every site.',
        body: SyncStartRequest,
      },
    },
    async request => want(request, { wanted: true, acceptShrink: request.body.acceptShrink === true }),
  )

  app.post(
    `${path}/stop`,
    {
      ...route,
      schema: {
        ...route.schema,
        summary: 'Stop reading a mirrored site',
        description: 'For administrators of every site. What was read stays.',
      },
    },
    async request => want(request, { wanted: false, acceptShrink: false }),
  )

  async function want(
    request: FastifyRequest & { params: { siteUrl: string } },
    wish: { wanted: boolean; acceptShrink: boolean },
  ): Promise<SyncAnswer> {
    const site = await mirrorFor(request)
    orThrow(await wantMirror(contextOf(api, request), site, wish))
    return syncAnswer(store.db, site, app.clock.now())
  }

  async function mirrorFor(request: FastifyRequest & { params: { siteUrl: string } }): Promise<Site> {
    const site = await siteFor(store.db, callerOf(request), request.params.siteUrl)
    if (site.record_holder === 'held') throw refuse(409, message('siteNotMirrored', { siteUrl: site.url }))
    return site
  }
}
