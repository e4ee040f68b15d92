/** What the routes of rotations share, and the context in which a use case acts for one request. */
import type { FastifyRequest } from 'fastify'
import { message } from '../../messages/message.ts'
import { ActiveRotations } from '../../rotations/running/active-rotations.ts'
import type { RotationContext } from '../../rotations/use-cases/context.ts'
import { findRotatedSite } from '../../store/rotations/rotated-sites.ts'
import { findRotation, type Rotation } from '../../store/rotations/rotations.ts'
import type { Site } from '../../store/sites/sites.ts'
import { actorOf } from '../access/actor.ts'
import { callerOf } from '../access/auth.ts'
import { siteFor } from '../access/site-access.ts'
import type { TargetRoutes } from '../access/target-routes.ts'
import type { Api } from '../app.ts'
import type { WorkLimits } from '../limits/work-limits.ts'
import { refuse } from '../plumbing/errors.ts'
import { CountCache } from './count-cache.ts'

export interface RotationApi extends Api {
  active: ActiveRotations
  routes: TargetRoutes
  counts: CountCache
  work: WorkLimits
}

export function rotationApi(api: Api, routes: TargetRoutes, work: WorkLimits): RotationApi {
  const active = new ActiveRotations((error, what, key) => api.app.log.error({ err: error, ...key }, what))
  return { ...api, active, routes, counts: new CountCache(api.store), work }
}

export function contextOf({ store, active, routes }: RotationApi, request: FastifyRequest): RotationContext {
  const caller = callerOf(request)
  const { tokenId, trackingId } = actorOf(request)
  return { actor: { tokenId, trackingId, sites: caller.sites }, store, active, routeTo: routes.of(caller) }
}

/** The rotation that a call names. @throws ApiError 403 or 404 where there is none for this caller. */
export async function rotationFor(
  { store: { db } }: Api,
  request: FastifyRequest & { params: { siteUrl: string; rotation: string } },
): Promise<{ site: Site; rotation: Rotation }> {
  const site = await siteFor(db, callerOf(request), request.params.siteUrl)
  const siteId = await findRotatedSite(db, site.url)
  const rotation =
    siteId === undefined ? undefined : await findRotation(db, { siteId, rotation: Number(request.params.rotation) })
  if (rotation === undefined) throw refuse(404, message('noRotation'))
  return { site, rotation }
}
