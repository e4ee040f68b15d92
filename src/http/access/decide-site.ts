/**
 * Decides before the body of a call is read whether its caller may touch the site that its URL names, and whether the
 * rotation is there: nobody sends, and nothing parses, a body that is refused anyway. The routes decide once more, since
 * a body may take half a minute to arrive.
 */
import type { FastifyInstance } from 'fastify'
import { message } from '../../messages/message.ts'
import { findRotatedSite } from '../../store/rotations/rotated-sites.ts'
import { findRotation } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import { refuse } from '../plumbing/errors.ts'
import { siteFor } from './site-access.ts'

const methodsWithBody = new Set(['POST', 'PUT', 'PATCH'])

/** Must be called after `authenticate`. */
export function decideSiteBeforeBody(app: FastifyInstance, { db }: Store): void {
  app.addHook('onRequest', async request => {
    if (request.caller === null || request.caller.internal || !methodsWithBody.has(request.method)) return
    const params = (request.params ?? {}) as { siteUrl?: string; rotation?: string }
    const siteUrl = params.siteUrl ?? (request.query as { siteUrl?: unknown }).siteUrl
    if (typeof siteUrl !== 'string') return
    const site = await siteFor(db, request.caller, siteUrl)
    if (params.rotation === undefined || !/^\d{1,7}$/.test(params.rotation)) return
    const siteId = await findRotatedSite(db, site.url)
    const key = siteId === undefined ? undefined : { siteId, rotation: Number(params.rotation) }
    if (key === undefined || (await findRotation(db, key)) === undefined) throw refuse(404, message('noRotation'))
  })
}
