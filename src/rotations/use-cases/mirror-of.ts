import { findSite } from '../../store/sites/sites.ts'
import { type MirrorReadings, mirrorReadings } from '../mirroring/mirror-readings.ts'
import type { TargetRef } from '../target/connect.ts'
import type { RotationContext } from './context.ts'

/** The mirror of a target, where its site has one. */
export async function mirrorOf(
  { store, actor }: RotationContext,
  { site_url, target }: TargetRef,
): Promise<MirrorReadings | undefined> {
  const site = await findSite(store.db, site_url)
  if (site?.record_holder !== 'mirrored' || site.target !== target) return undefined
  return mirrorReadings(store, site, { trackingId: actor.trackingId, now: Date.now })
}
