import type { FastifyRequest } from 'fastify'
import { say } from '../sentences/say.ts'
import { findRotation } from '../store/rotation-lists.ts'
import type { Rotation } from '../store/rotations.ts'
import type { Site } from '../store/sites.ts'
import type { Store } from '../store/store.ts'
import { callerOf } from './auth.ts'
import { refuse } from './errors.ts'
import type { RotationRuns } from './rotation-runs.ts'
import { siteFor } from './site-access.ts'

/** The rotation that a call names. @throws ApiError 403 or 404 where there is none for this caller. */
export async function rotationFor(
  store: Store,
  runs: RotationRuns,
  request: FastifyRequest & { params: { siteUrl: string; rotation: string } },
): Promise<{ site: Site; rotation: Rotation }> {
  const site = await siteFor(store.db, callerOf(request), request.params.siteUrl)
  const key = { siteId: site.site_id, rotation: Number(request.params.rotation) }
  const rotation = await findRotation(store.db, key)
  if (rotation === undefined) {
    const failure = runs.failureOf(key)
    throw refuse(404, failure === undefined ? say('noRotation') : say('planFailed', { why: failure }))
  }
  return { site, rotation }
}
