/** Which of the rooms that a rotation may have changed show their new ID. */
import { render } from '../../messages/render.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import { countRotation } from '../../store/rotations/counts.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { Verification } from '../../store/rotations/outcomes.ts'
import { getRotation, type RotationItem } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import type { RoomReading, WebexClient } from '../../webex/calls/client.ts'
import { concurrently } from '../planning/concurrently.ts'
import { readRooms } from '../planning/read-rooms.ts'
import { hadItUntil, profileOf, visibleAfterMs } from '../target/profile.ts'
import { changedSince, type ShownOtherwise } from './changed-since.ts'
import { type TouchedRoom, touchedRooms } from './touched-rooms.ts'

/**
 * changed: the room carries its new ID. notYetVisible: it shows the old one, and the half hour that a change may take to
 * show is not over; or it could not be read. since: it was given the ID that it shows after the rotation. wrong: anything else.
 * unchanged: it shows the old one, and the target has never said otherwise.
 */
export type Visible = 'changed' | 'notYetVisible' | 'since' | 'wrong' | 'unchanged'

export function judgeVisible(
  item: Pick<RotationItem, 'old_id' | 'settled_id' | 'settled_at'>,
  reading: RoomReading,
  now: number,
): Exclude<Visible, 'unchanged' | 'since'> {
  if ('unclear' in reading) return 'notYetVisible'
  const seen = 'roomId' in reading ? roomIdKey(reading.roomId) : null
  if (seen === roomIdKey(item.settled_id ?? '')) return 'changed'
  const fresh = now < (item.settled_at ?? 0) + visibleAfterMs
  return fresh && seen === roomIdKey(item.old_id ?? '') ? 'notYetVisible' : 'wrong'
}

/** The same of a room that was sent, and of which the target has not said that it was changed. */
function judgeDoubtful({ item, lastAt }: TouchedRoom, reading: RoomReading, now: number): Visible {
  if ('unclear' in reading) return 'notYetVisible'
  if ('missing' in reading) return 'unchanged'
  const seen = roomIdKey(reading.roomId)
  const isOld = seen === roomIdKey(item.old_id ?? '')
  if (item.new_id === null ? !isOld : seen === roomIdKey(item.new_id)) return 'changed'
  if (!isOld) return 'wrong'
  return now < lastAt + visibleAfterMs ? 'notYetVisible' : 'unchanged'
}

export interface Verified {
  changed: number
  /** Whether these were changed cannot be told yet. */
  notYetVisible: number
  /** How many of these could not be read. */
  unread: number
  wrongs: number
  /** Rooms that carry an ID that they were given after the rotation: by which other rotation, or null for somebody else. */
  changedSince: { rotation: number | null; rooms: number }[]
  /** The first of those that are wrong. */
  wrong: { email: string; expected: string; found: string }[]
  /** Rooms of the plan that are still to be changed, or of which it is not known: the rotation has not ended. */
  open: number
  /** From when on all can be told, in ISO 8601; null where that is now. */
  tellableAt: string | null
}

/** How many wrong rooms are listed by name; the report has them all. */
const maxListed = 100

/** Reads the rooms that a rotation may have changed, and records for each what it shows. */
export async function verifyRooms(
  key: RotationKey,
  deps: {
    store: Store
    client: WebexClient
    now: () => number
    onProgress?: (read: number) => void
  },
): Promise<Verified> {
  const { store, client, now } = deps
  const rotation = await getRotation(store.db, key)
  const read = await readRooms(client, rotation.site_url, profileOf(rotation))
  const counts = { changed: 0, notYetVisible: 0, since: 0, wrong: 0, unchanged: 0 }
  const sinceBy = new Map<number | null, number>()
  const wrong: Verified['wrong'] = []
  let latest = 0
  let unread = 0
  let readSoFar = 0

  for await (const rooms of touchedRooms(store.db, key)) {
    const readings = await concurrently(rooms, 8, async room => {
      const { item, done, given } = room
      const reading = await read({ personId: item.person_id, email: item.email, ids: [item.old_id, ...given] })
      const shown = done ? judgeVisible(item, reading, now()) : judgeDoubtful(room, reading, now())
      const visible: Visible = shown === 'changed' && now() < hadItUntil(rotation) ? 'notYetVisible' : shown
      return { room, reading, visible }
    })
    const since = await changedSince(store.db, rotation, readings.flatMap(shownOtherwise))
    const found = readings.flatMap(({ room, reading, visible }): Verification[] => {
      const { item, done, lastAt } = room
      const { number, email } = item
      const by = since.get(number)
      const verified = by === undefined ? visible : 'since'
      counts[verified] += 1
      if (by !== undefined) sinceBy.set(by, (sinceBy.get(by) ?? 0) + 1)
      if (verified === 'notYetVisible') latest = Math.max(latest, lastAt)
      const shown = 'roomId' in reading ? reading.roomId : render('missing' in reading ? reading.missing : '')
      if ('unclear' in reading) unread += 1
      if (verified === 'wrong' && wrong.length < maxListed) {
        wrong.push({ email, expected: (done ? item.settled_id : item.new_id) ?? '', found: shown })
      }
      // What was refused or is pending, and shows its new ID all the same, carries it.
      const roomId = !done && verified === 'changed' ? shown : null
      return verified === 'unchanged' ? [] : [{ number, verified, roomId, movedAway: reading.email !== undefined }]
    })
    if (found.length > 0) await store.write('recordVerified', { ...key, verifications: found, now: now() })
    readSoFar += rooms.length
    deps.onProgress?.(readSoFar)
  }
  const { pending, sent, unsure } = (await countRotation(store.db, key)).rooms
  const { changed, notYetVisible, wrong: wrongs } = counts
  const tellable = Math.max(latest + visibleAfterMs, unread > 0 ? now() : 0)
  const tellableAt = notYetVisible === 0 ? null : new Date(tellable).toISOString()
  const since = [...sinceBy].map(([rotation, rooms]) => ({ rotation, rooms }))
  return {
    changed,
    notYetVisible,
    unread,
    wrongs,
    changedSince: since,
    wrong,
    open: pending + sent + unsure,
    tellableAt,
  }
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
