/** What the reading of a mirrored site works with. */
import type { Freshness } from '../../store/mirror/next-rooms.ts'
import type { Sync } from '../../store/mirror/sync-state.ts'
import type { Store } from '../../store/store.ts'
import type { Person, RoomReading, WebexClient } from '../../webex/calls/client.ts'
import type { Clock } from '../../webex/calls/clock.ts'

export interface SyncedSite {
  siteId: number
  /** In lower case. */
  siteUrl: string
  /** How long a reading may show what was there before a change, in milliseconds. */
  settleMs: number
  /** The list of people shows each room as it is now. */
  listedRoomsFresh: boolean
}

/** What a room's person and the IDs that are known of it are, to read it by. */
export interface RoomToAsk {
  personId: string
  email: string
  ids: string[] | null
}

export interface SyncDeps {
  store: Store
  client: Pick<WebexClient, 'peoplePages' | 'emailOf'>
  /** Reads a room, whoever has the e-mail by now. */
  readRoom(room: RoomToAsk): Promise<RoomReading>
  /** What an ID costs an attacker who knows the directory, in bits. */
  bitsOf(person: Pick<Person, 'email' | 'firstName' | 'lastName'>, roomId: string): number
  clock: Clock
  /** This process. */
  owner: string
  trackingId: string
  /** How many rooms are read concurrently. */
  readers: number
  /** Once aborted, nothing more is read. */
  signal: AbortSignal
  onProgress?: (progress: SyncProgress) => void
}

export interface SyncProgress extends Freshness {
  phase: Sync['phase']
  /** How many people this round of the list has named. */
  listed: number
  /** Entries of the list that do not say enough to be anybody here. */
  oddEntries: number
  roomsPerMinute: number | null
}
