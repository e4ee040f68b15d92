import Type from 'typebox'
import { message } from '../../messages/message.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { text } from '../../wire/text.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import { heldSiteFor, siteFor } from '../access/site-access.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'

const Site = Type.Object({ siteUrl: text('The site, e.g. `example.webex.com`.') })
const LockRequest = Type.Object(
  {
    minutes: Type.Integer({ minimum: 1, maximum: 1440, description: 'How long the lock lasts unless it is renewed.' }),
  },
  { additionalProperties: false },
)
const Lock = Type.Object({ siteUrl: Type.String(), lockedUntil: Type.String({ description: 'ISO 8601.' }) })

/** The exclusive lock of a site: while one token holds it, batches of every other token are answered 423. */
export function siteLock({ app, store }: Api): void {
  app.put(
    '/api/sites/:siteUrl/lock',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Take or renew the exclusive lock of a site',
        tags: ['Sites'],
        params: Site,
        body: LockRequest,
        response: { 200: Lock, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const caller = callerOf(request)
      const site = await heldSiteFor(store.db, caller, request.params.siteUrl)
      const now = app.clock.now()
      const until = now + request.body.minutes * 60_000
      const { heldUntil } = await store.write('lockSite', { siteId: site.site_id, tokenId: caller.tokenId, now, until })
      if (heldUntil !== null) {
        throw refuse(423, message('siteLocked'), {
          'retry-after': String(Math.max(1, Math.ceil((heldUntil - now) / 1000))),
        })
      }
      return { siteUrl: site.url, lockedUntil: new Date(until).toISOString() }
    },
  )

  app.delete(
    '/api/sites/:siteUrl/lock',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Release the lock of a site',
        tags: ['Sites'],
        params: Site,
        response: { 204: Type.Null(), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const site = await siteFor(store.db, caller, request.params.siteUrl)
      await store.write('unlockSite', { siteId: site.site_id, tokenId: caller.tokenId })
      return reply.code(204).send(null)
    },
  )
}
