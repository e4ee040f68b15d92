/** Reads a site of a target into its mirror, until it is read, aborted, or forever. */
import type { SyncProgress } from '../../directory/sync/sync-deps.ts'
import { type SyncEnd, type SyncOptions, syncSite } from '../../directory/sync/sync-site.ts'
import { guessability } from '../../guessability/guessability.ts'
import type { IdRule } from '../../rooms/id-rule.ts'
import { findSite } from '../../store/sites/sites.ts'
import type { WebexClient } from '../../webex/calls/client.ts'
import { systemClock } from '../../webex/calls/clock.ts'
import { owner } from '../lifecycle.ts'
import { isRefusal, orRefusal, type Refusal } from '../refusal.ts'
import { connect } from '../target/connect.ts'
import { type Profile, profiles } from '../target/profile.ts'
import { readRoomOf } from '../target/read-person.ts'
import { type RotationContext, refuseOtherSite } from './context.ts'

export interface SyncRequest extends SyncOptions {
  siteUrl: string
  target: string
  profile: Profile['name']
  signal: AbortSignal
  onProgress?: (progress: SyncProgress) => void
}

/** Enough to hide a target's latency; the pace is the governor's business. */
const readers = 8

/** How IDs look that the target makes itself. */
const webexRule: IdRule = { method: 'random', prefix: 'pr', length: 12 }

/** Reads a site, which becomes a mirror of the target where it is none yet, or refuses to. */
export async function syncMirror(context: RotationContext, request: SyncRequest): Promise<SyncEnd | Refusal> {
  const { store, actor, active } = context
  const { signal, target, profile } = request
  const siteUrl = request.siteUrl.toLowerCase()
  const refusal = refuseOtherSite(context, siteUrl) ?? refuseSomeSites(context)
  if (refusal !== undefined) return refusal
  const route = context.routeTo({ target, profile, site_url: siteUrl }, null)
  if (isRefusal(route)) return route
  const { client, end } = connect(target, route, { giveUp: signal })
  const { settleMs, listedRoomsFresh } = profiles[profile]

  const reading = orRefusal(0, async () => {
    const mirrored = await mirrorSite(context, client, { siteUrl, target, profile })
    if (isRefusal(mirrored)) return mirrored
    return syncSite(
      { siteId: mirrored.siteId, siteUrl, settleMs, listedRoomsFresh },
      {
        store,
        client,
        readRoom: room => readRoomOf(client, siteUrl, room),
        bitsOf: (person, roomId) => guessability({ ...person, username: null }, roomId).bits,
        clock: route.clock ?? systemClock,
        owner,
        trackingId: actor.trackingId,
        readers,
        signal,
        ...(request.onProgress && { onProgress: request.onProgress }),
      },
      request,
    )
  }).finally(end)
  return active.untilDone(reading)
}

/** Makes a site a mirror of a target that names somebody on it; does nothing where it is one already. */
async function mirrorSite(
  { store, actor }: RotationContext,
  client: WebexClient,
  { siteUrl, target, profile }: Pick<SyncRequest, 'siteUrl' | 'target' | 'profile'>,
): Promise<{ siteId: number } | Refusal> {
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
