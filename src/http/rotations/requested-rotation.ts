import type { FastifyRequest } from 'fastify'
import { say } from '../../messages/say.ts'
import { findRotatedSite } from '../../store/rotations/rotated-sites.ts'
import { findRotation, type Rotation } from '../../store/rotations/rotations.ts'
import type { Site } from '../../store/sites/sites.ts'
import type { Store } from '../../store/store.ts'
import { callerOf } from '../access/auth.ts'
import { siteFor } from '../access/site-access.ts'
import { refuse } from '../plumbing/errors.ts'

/** The rotation that a call names. @throws ApiError 403 or 404 where there is none for this caller. */
export async function rotationFor(
  { db }: Store,
  request: FastifyRequest & { params: { siteUrl: string; rotation: string } },
): Promise<{ site: Site; rotation: Rotation }> {
  const site = await siteFor(db, callerOf(request), request.params.siteUrl)
  const siteId = await findRotatedSite(db, site.url)
  const rotation =
    siteId === undefined ? undefined : await findRotation(db, { siteId, rotation: Number(request.params.rotation) })
  if (rotation === undefined) throw refuse(404, say('noRotation'))
  return { site, rotation }
}
