/** Mirrors of sites: makes one, reads it until it is read or aborted, and has the service go on reading it or not. */
import type { SyncProgress } from '../../directory/sync/sync-deps.ts'
import type { SyncEnd, SyncOptions } from '../../directory/sync/sync-site.ts'
import type { IdRule } from '../../rooms/id-rule.ts'
import { findSite, type Site } from '../../store/sites/sites.ts'
import type { WebexClient } from '../../webex/calls/client.ts'
import type { Clock } from '../../webex/calls/clock.ts'
import { readMirror } from '../mirroring/read-mirror.ts'
import { isRefusal, orRefusal, type Refusal } from '../refusal.ts'
import { connect } from '../target/connect.ts'
import type { Profile } from '../target/profile.ts'
import { type RotationContext, refuseOtherSite } from './context.ts'

export interface MirrorRequest {
  siteUrl: string
  target: string
  profile: Profile['name']
}

export interface SyncRequest extends SyncOptions, MirrorRequest {
  signal: AbortSignal
  onProgress?: (progress: SyncProgress) => void
}

/** How IDs look that the target makes itself. */
const webexRule: IdRule = { method: 'random', prefix: 'pr', length: 12 }

/** Reads a site, which becomes a mirror of the target where it is none yet. */
export async function syncMirror(context: RotationContext, request: SyncRequest): Promise<SyncEnd | Refusal> {
  const { store, actor, active } = context
  const { signal, profile, onProgress } = request
  const siteUrl = request.siteUrl.toLowerCase()
  const session = openMirror(context, request, signal)
  if (isRefusal(session)) return session
  const { client, clock, end } = session
  const reading = orRefusal(0, async () => {
    const mirrored = await mirrorSite(context, client, request)
    if (isRefusal(mirrored)) return mirrored
    const about = { siteId: mirrored.siteId, siteUrl, profile, trackingId: actor.trackingId }
    return readMirror(store, client, { ...about, options: request, signal, onProgress, clock })
  }).finally(end)
  return active.untilDone(reading)
}

/** Makes a site a mirror of a target, which the service goes on reading. */
export async function addMirror(
  context: RotationContext,
  request: MirrorRequest,
): Promise<{ siteId: number } | Refusal> {
  const session = openMirror(context, request, context.active.stopping)
  if (isRefusal(session)) return session
  return context.active.untilDone(orRefusal(0, () => mirrorSite(context, session.client, request)).finally(session.end))
}

/** Whether the service is to go on reading a mirrored site. */
export async function wantMirror(
  context: RotationContext,
  site: Site,
  { wanted, acceptShrink }: { wanted: boolean; acceptShrink: boolean },
): Promise<Refusal | null> {
  const refusal = refuseOtherSite(context, site.url) ?? refuseSomeSites(context)
  if (refusal !== undefined) return refusal
  const { tokenId, trackingId } = context.actor
  const by = { tokenId, trackingId, now: Date.now() }
  await context.store.write('wantSync', { ...by, siteId: site.site_id, siteUrl: site.url, wanted, acceptShrink })
  return null
}

function openMirror(
  context: RotationContext,
  { siteUrl, target, profile }: MirrorRequest,
  giveUp: AbortSignal,
): { client: WebexClient; clock: Clock | undefined; end: () => void } | Refusal {
  const refusal = refuseOtherSite(context, siteUrl) ?? refuseSomeSites(context)
  if (refusal !== undefined) return refusal
  const route = context.routeTo({ target, profile, site_url: siteUrl }, null)
  if (isRefusal(route)) return route
  const { client, end } = connect(target, route, { giveUp })
  return { client, clock: route.clock, end }
}

/** Makes a site a mirror of a target that names somebody on it; does nothing where it is one already. */
async function mirrorSite(
  { store, actor }: RotationContext,
  client: WebexClient,
  { target, profile, ...request }: MirrorRequest,
): Promise<{ siteId: number } | Refusal> {
  const siteUrl = request.siteUrl.toLowerCase()
  const isMirrored = (await findSite(store.db, siteUrl))?.record_holder === 'mirrored'
  if (!isMirrored) {
    const nobody = await refuseEmptySite(client, siteUrl)
    if (nobody !== undefined) return nobody
  }
  const by = { tokenId: actor.tokenId, trackingId: actor.trackingId, now: Date.now() }
  return store.write('mirrorSite', { ...by, url: siteUrl, target, profile, rule: webexRule })
}

/** A site that nobody is on is a misspelt one, or one that this token does not see. */
async function refuseEmptySite(client: WebexClient, siteUrl: string): Promise<Refusal | undefined> {
  const otherSites = new Set<string>()
  for await (const people of client.people()) {
    for (const { sites } of people) {
      if (sites.has(siteUrl)) return undefined
      if (otherSites.size < maxSitesNamed) for (const site of sites.keys()) otherSites.add(site)
    }
  }
  return { refused: 'nobodyOnSite', siteUrl, otherSites: [...otherSites] }
}

const maxSitesNamed = 5

/** The sign-in of this machine reaches further than an administrator of some sites may. */
function refuseSomeSites({ actor }: RotationContext): Refusal | undefined {
  return actor.sites === null ? undefined : { refused: 'elsewhereAllSitesOnly' }
}
