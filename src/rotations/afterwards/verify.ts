/**
 * Which of the rooms that a rotation may have changed show their new ID. They are read one by one, in slices, each of
 * which is recorded before the next: a verification whose process dies is gone on with, and reads one slice again at
 * most. It may take the list of people first (listed-changes.ts), or read a random sample alone.
 */
import { randomInt } from 'node:crypto'
import { RandomSample } from '../../rooms/list-sample.ts'
import { countRotation } from '../../store/rotations/counts.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { Verification } from '../../store/rotations/outcomes.ts'
import { getRotation } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import type { RoomReading, WebexClient } from '../../webex/calls/client.ts'
import { concurrently } from '../planning/concurrently.ts'
import { readRooms } from '../planning/read-rooms.ts'
import { hadItUntil, profileOf } from '../target/profile.ts'
import { type KnownPerson, type PersonReading, readRoomOf } from '../target/read-person.ts'
import { changedSince, type ShownOtherwise } from './changed-since.ts'
import { judgeVisible, type Visible } from './judge-visible.ts'
import { listedChanges } from './listed-changes.ts'
import { type TouchedRoom, touchedRooms } from './touched-rooms.ts'
import { shownBy, type Verified, VerifiedCounts } from './verified.ts'

/**
 * How rooms are verified. `each`: all are read one by one. `list`: those are read that the list of people does not show
 * with their new ID; the list counts if a sample of it agrees with readings. `sample`: so many rooms are read, drawn at
 * random; of the others it only says how many may be wrong.
 */
export type VerifyWish = { how: 'each' } | { how: 'list' } | { how: 'sample'; rooms: number }

export interface VerifyDeps {
  store: Store
  client: WebexClient
  now: () => number
  onProgress?: (read: number) => void
  /** Told of each room that was read, and when. */
  onReading?: ((person: KnownPerson, reading: PersonReading, at: number) => Promise<unknown>) | undefined
}

/** So many readings are lost when the process dies. */
const roomsPerSlice = 50
const readers = 8

/** Reads the rooms that a rotation may have changed, and records for each what it shows. */
export async function verifyRooms(
  key: RotationKey,
  deps: VerifyDeps,
  wish: VerifyWish = { how: 'each' },
): Promise<Verified> {
  const { store, client, now } = deps
  const rotation = await getRotation(store.db, key)
  const counts = new VerifiedCounts()
  let readSoFar = 0
  const progress = (rooms: number) => {
    readSoFar += rooms
    deps.onProgress?.(readSoFar)
  }

  if (wish.how === 'sample') {
    const sample = new RandomSample<TouchedRoom>(wish.rooms, randomInt)
    for await (const rooms of touchedRooms(store.db, key)) for (const room of rooms) sample.meet(room)
    const drawn = sample.drawn(wish.rooms)
    counts.notRead = sample.met - drawn.length
    const read = (person: KnownPerson) => readRoomOf(client, rotation.site_url, person)
    for (const slice of slices(drawn)) await verify(slice, read)
  } else {
    const interrupted = await store.write('beginVerification', { ...key, now: now() })
    const profile = profileOf(rotation)
    const read = await readRooms(client, rotation.site_url, profile)
    // Where the list shows rooms as they are, they are read from it in any case.
    const believed =
      wish.how === 'list' && !profile.listedRoomsFresh ? await listedChanges(rotation, { store, client }) : null
    counts.list = believed?.sample ?? null
    for await (const rooms of touchedRooms(store.db, key)) {
      const since = interrupted ?? Number.POSITIVE_INFINITY
      const left = rooms.filter(({ item }) => item.verified !== 'changed' || (item.verified_at ?? 0) < since)
      counts.addChanged(rooms.length - left.length, since)
      progress(rooms.length - left.length)
      const listed = left.filter(({ item }) => believed?.numbers.has(item.number))
      await recordListed(listed)
      const others = left.filter(({ item }) => !believed?.numbers.has(item.number))
      for (const slice of slices(others)) await verify(slice, read)
    }
    await store.write('endVerification', key)
  }
  const { pending, sent, unsure } = (await countRotation(store.db, key)).rooms
  return counts.result(pending + sent + unsure, now())

  async function verify(rooms: TouchedRoom[], read: (person: KnownPerson) => Promise<PersonReading>): Promise<void> {
    const readings = await concurrently(rooms, readers, async room => {
      const { item, given } = room
      const person = { personId: item.person_id, email: item.email, ids: [item.old_id, ...given] }
      const at = now()
      const reading = await read(person)
      await deps.onReading?.(person, reading, at)
      return { room, reading, visible: judgeVisible(room, reading, now(), hadItUntil(rotation)) }
    })
    const since = await changedSince(store.db, rotation, readings.flatMap(shownOtherwise))
    const found = readings.flatMap(({ room, reading, visible }): Verification[] => {
      const { number } = room.item
      const by = since.get(number)
      const verified = by === undefined ? visible : 'since'
      counts.add(room, reading, verified, by)
      // What was refused or is pending, and shows its new ID all the same, carries it.
      const roomId = !room.done && verified === 'changed' ? shownBy(reading) : null
      return verified === 'unchanged' ? [] : [{ number, verified, roomId, movedAway: reading.email !== undefined }]
    })
    if (found.length > 0) await store.write('recordVerified', { ...key, verifications: found, now: now() })
    progress(rooms.length)
  }

  async function recordListed(rooms: TouchedRoom[]): Promise<void> {
    if (rooms.length === 0) return
    counts.listed += rooms.length
    const verifications = rooms.map(({ item }): Verification => {
      return { number: item.number, verified: 'listed', roomId: null, movedAway: false }
    })
    await store.write('recordVerified', { ...key, verifications, now: now() })
    progress(rooms.length)
  }
}

function* slices<Item>(items: Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += roomsPerSlice) yield items.slice(start, start + roomsPerSlice)
}

function shownOtherwise({
  room: { item, done },
  reading,
  visible,
}: {
  room: TouchedRoom
  reading: RoomReading
  visible: Visible
}): ShownOtherwise[] {
  if (!done || !('roomId' in reading) || (visible !== 'wrong' && visible !== 'notYetVisible')) return []
  return [{ item, shown: reading.roomId, mayBeLate: visible === 'notYetVisible' }]
}
