/**
 * Plans, runs and verifications of a mirrored site are readings of its mirror: what they read is saved there, and what
 * the mirror knows to be true needs no call.
 */
import { guessability } from '../../guessability/guessability.ts'
import type { Reading } from '../../store/mirror/readings.ts'
import { type MirroredRoom, mirroredRooms } from '../../store/mirror/readings-beside.ts'
import type { Site } from '../../store/sites/sites.ts'
import type { Store } from '../../store/store.ts'
import type { RoomReading, WebexClient } from '../../webex/calls/client.ts'
import { profiles } from '../target/profile.ts'
import { type KnownPerson, type PersonReading, readRoomOf } from '../target/read-person.ts'

export interface MirrorReadings {
  /** What is known of a room; undefined where the mirror does not know the person as a host. */
  known(names: { personIds: string[] } | { emails: string[] }): Promise<MirroredRoom | undefined>
  /** Saves a reading. Gives it as the mirror believes it: one that may be older than a known change is not believed. */
  save<Read extends RoomReading>(personId: string, reading: Read, at: number): Promise<Read | RoomReading>
}

interface Waiting {
  personId: string
  reading: RoomReading
  at: number
  saved: (believed: RoomReading) => void
  failed: (error: unknown) => void
}

export function mirrorReadings(
  store: Store,
  site: Pick<Site, 'site_id' | 'profile'>,
  { trackingId, now }: { trackingId: string; now: () => number },
): MirrorReadings {
  const { settleMs } = profiles[site.profile ?? 'webex']
  let waiting: Waiting[] = []
  let isSaving = false

  return {
    async known(names) {
      return (await mirroredRooms(store.db, site.site_id, names))[0]
    },
    save<Read extends RoomReading>(personId: string, reading: Read, at: number): Promise<Read | RoomReading> {
      return new Promise((resolve, reject) => {
        waiting.push({ personId, reading, at, saved: resolve, failed: reject })
        if (!isSaving) void saveWaiting()
      })
    },
  }

  /** Those that come while some are saved wait together for the next transaction. */
  async function saveWaiting(): Promise<void> {
    isSaving = true
    while (waiting.length > 0) {
      const taken = waiting
      waiting = []
      try {
        await saveAll(taken)
      } catch (error) {
        for (const { failed } of taken) failed(error)
      }
    }
    isSaving = false
  }

  async function saveAll(taken: Waiting[]): Promise<void> {
    const personIds = taken.map(({ personId }) => personId).filter(personId => personId !== '')
    const rooms = new Map(
      (await mirroredRooms(store.db, site.site_id, { personIds })).map(room => [room.personId, room]),
    )
    // A person is read once in a transaction; whoever is read twice meanwhile is saved with the last reading.
    const readings = new Map<number, Reading>()
    for (const { personId, reading, at } of taken) {
      const room = rooms.get(personId)
      if (room !== undefined) readings.set(room.person, asReading(room, reading, at))
    }
    const doubted = await store.write('saveReadingsBeside', {
      siteId: site.site_id,
      now: now(),
      trackingId,
      settleMs,
      readings: [...readings.values()],
    })
    const held = new Map(doubted.map(({ person, id }) => [person, id]))
    for (const { personId, reading, saved } of taken) {
      const id = held.get(rooms.get(personId)?.person ?? 0)
      saved(id == null ? reading : { roomId: id })
    }
  }
}

function asReading(room: MirroredRoom, reading: RoomReading, at: number): Reading {
  const { person } = room
  if ('missing' in reading) return { person, at, failed: reading.missing }
  if ('unclear' in reading) return { person, at, failed: reading.unclear }
  const { bits } = guessability({ ...room, username: null }, reading.roomId)
  return { person, at, id: reading.roomId, bits }
}

/** A client whose readings of rooms are saved, and are as the mirror believes them. */
export function savingClient(
  client: WebexClient,
  mirror: MirrorReadings,
  { siteUrl, now }: { siteUrl: string; now: () => number },
): WebexClient {
  return {
    ...client,
    async readRoom(url, email) {
      const known = url.toLowerCase() === siteUrl ? await mirror.known({ emails: [email] }) : undefined
      if (known === undefined) return client.readRoom(url, email)
      const at = now()
      // The first reading of a room takes the address as it was listed; another ID makes sure whose it is.
      const ids = known.roomId === null ? null : [known.roomId]
      return mirror.save(known.personId, await readRoomOf(client, url, { personId: known.personId, email, ids }), at)
    },
  }
}

/** How a run looks at rooms: without a call where the mirror has read them lately. */
export function lookThroughMirror(
  client: WebexClient,
  mirror: MirrorReadings,
  { siteUrl, freshMs, now }: { siteUrl: string; freshMs: number; now: () => number },
): (person: KnownPerson) => Promise<PersonReading> {
  return async person => {
    const known = person.personId === '' ? undefined : await mirror.known({ personIds: [person.personId] })
    if (known !== undefined && known.roomId !== null && (known.seenAt ?? 0) > now() - freshMs) {
      return { roomId: known.roomId }
    }
    const at = now()
    return mirror.save(person.personId, await readRoomOf(client, siteUrl, person), at)
  }
}
