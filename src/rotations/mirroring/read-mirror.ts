/** Reads a mirrored site over a route to its target. */
import type { SyncProgress } from '../../directory/sync/sync-deps.ts'
import { type SyncEnd, type SyncOptions, syncSite } from '../../directory/sync/sync-site.ts'
import { guessability } from '../../guessability/guessability.ts'
import type { Store } from '../../store/store.ts'
import type { WebexClient } from '../../webex/calls/client.ts'
import { type Clock, systemClock } from '../../webex/calls/clock.ts'
import { owner as thisProcess } from '../lifecycle.ts'
import { type Profile, profiles } from '../target/profile.ts'
import { readRoomOf } from '../target/read-person.ts'

export interface MirrorReading {
  siteId: number
  /** In lower case. */
  siteUrl: string
  profile: Profile['name']
  options: SyncOptions
  trackingId: string
  /** How many rooms are read concurrently. Default: enough to hide a target's latency; the pace is the governor's business. */
  readers?: number
  signal: AbortSignal
  onProgress?: ((progress: SyncProgress) => void) | undefined
  clock?: Clock | undefined
  /** Which process reads. Default: this one. */
  owner?: string
}

/** @throws TargetError where the target cannot be read */
export function readMirror(store: Store, client: WebexClient, reading: MirrorReading): Promise<SyncEnd> {
  const { siteId, siteUrl, profile, options, trackingId, readers = 8, signal, onProgress } = reading
  const { settleMs, listedRoomsFresh } = profiles[profile]
  return syncSite(
    { siteId, siteUrl, settleMs, listedRoomsFresh },
    {
      store,
      client,
      readRoom: room => readRoomOf(client, siteUrl, room),
      bitsOf: (person, roomId) => guessability({ ...person, username: null }, roomId).bits,
      clock: reading.clock ?? systemClock,
      owner: reading.owner ?? thisProcess,
      trackingId,
      readers,
      signal,
      ...(onProgress && { onProgress }),
    },
    options,
  )
}
