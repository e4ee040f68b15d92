/** Which of the rooms that a rotation changed show their new ID. */
import { render } from '../../messages/render.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import { eachItem, getRotation, type RotationItem } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import type { RoomReading, WebexClient } from '../../webex/calls/client.ts'
import { concurrently } from '../planning/concurrently.ts'
import { readRooms } from '../planning/read-rooms.ts'
import { profiles, visibleAfterMs } from '../target/profile.ts'

/**
 * changed: the room carries its new ID. notYetVisible: it still shows the old one, and the half hour that a change may
 * take to show is not over. wrong: anything else.
 */
export type Visible = 'changed' | 'notYetVisible' | 'wrong'

export function judgeVisible(
  item: Pick<RotationItem, 'old_id' | 'settled_id' | 'settled_at'>,
  reading: RoomReading,
  now: number,
): Visible {
  const seen = 'roomId' in reading ? roomIdKey(reading.roomId) : null
  if (seen === roomIdKey(item.settled_id ?? '')) return 'changed'
  const fresh = now < (item.settled_at ?? 0) + visibleAfterMs
  return fresh && seen === roomIdKey(item.old_id ?? '') ? 'notYetVisible' : 'wrong'
}

export interface Verified {
  changed: number
  notYetVisible: number
  wrongs: number
  /** The first of those that are wrong. */
  wrong: { email: string; expected: string; found: string }[]
}

/** How many wrong rooms are listed by name; the report has them all. */
const maxListed = 100

/** Reads the rooms that a rotation has changed, and records for each what it shows. */
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
  const read = await readRooms(client, rotation.site_url, profiles[rotation.profile])
  const result: Verified = { changed: 0, notYetVisible: 0, wrongs: 0, wrong: [] }
  let readSoFar = 0

  for await (const items of eachItem(store.db, key)) {
    const done = items.filter(({ kind, state }) => kind === 'move' && state === 'done')
    const verifications = await concurrently(done, 8, async item => {
      const reading = await read(item.email)
      const verified = judgeVisible(item, reading, now())
      if (verified === 'wrong') {
        result.wrongs += 1
        const found = 'roomId' in reading ? reading.roomId : render(reading.missing)
        if (result.wrong.length < maxListed)
          result.wrong.push({ email: item.email, expected: item.settled_id ?? '', found })
      } else result[verified] += 1
      return { number: item.number, verified }
    })
    if (verifications.length > 0) await store.write('recordVerified', { ...key, verifications, now: now() })
    readSoFar += done.length
    deps.onProgress?.(readSoFar)
  }
  return result
}
