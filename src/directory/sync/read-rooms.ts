/** Reads the next slice of rooms. */
import { nextRooms, type RoomToRead } from '../../store/mirror/next-rooms.ts'
import type { Reading, SavedReadings } from '../../store/mirror/readings.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import type { SyncDeps, SyncedSite } from './sync-deps.ts'

/** So many readings are lost when the process dies. */
const roomsPerSlice = 50
/** When so many in a row are refused, and none is not, it is not the rooms. */
const hopeless = 20

/**
 * @param before rooms are read again that were last read before this time.
 * @throws TargetError where nothing can be read. A single room that cannot be is saved with the reason.
 */
export async function readRooms(
  { siteId, settleMs }: SyncedSite,
  deps: SyncDeps,
  before: number,
): Promise<SavedReadings | 'stopped' | 'taken'> {
  const { store, clock, owner, trackingId, readers, signal } = deps
  const rooms = await nextRooms(store.db, { siteId, now: clock.now(), before, limit: roomsPerSlice })
  if (rooms.length === 0) return { read: 0, failed: 0, changed: 0, doubted: [] }
  const readings: Reading[] = []
  const refusals: TargetError[] = []
  let broken: TargetError | undefined
  const isHopeless = () => refusals.length >= hopeless && refusals.length === readings.length
  const left = rooms.values()
  const work = async () => {
    for (const room of left) {
      if (signal.aborted || broken !== undefined || isHopeless()) return
      readings.push(...(await read(room)))
    }
  }
  await Promise.all(Array.from({ length: Math.min(readers, rooms.length) }, work))

  if (isHopeless()) throw refusals[0]!
  const now = clock.now()
  const saved =
    readings.length === 0
      ? undefined
      : await store.write('saveReadings', { siteId, owner, now, trackingId, readings, settleMs })
  if (saved === undefined && readings.length > 0) return 'taken'
  if (broken !== undefined) throw broken
  return signal.aborted || saved === undefined ? 'stopped' : saved

  async function read(room: RoomToRead): Promise<Reading[]> {
    const { person, personId, email, claims, knownId, listedId } = room
    const ids = [knownId, listedId].filter(id => id !== null)
    // The first reading of a room costs one call: its address was listed a moment ago. Later ones that show another ID
    // make sure whose it is.
    const isFirst = claims === null && listedId === null
    const at = clock.now()
    try {
      const reading = await deps.readRoom({ personId, email, ids: isFirst ? null : ids })
      if ('missing' in reading) return [{ person, at, failed: reading.missing }]
      if ('unclear' in reading) return [{ person, at, failed: reading.unclear }]
      return [{ person, at, id: reading.roomId, bits: deps.bitsOf(room, reading.roomId) }]
    } catch (error) {
      if (!(error instanceof TargetError)) throw error
      if (signal.aborted) return []
      if (isOfAll(error)) {
        broken = error
        return []
      }
      refusals.push(error)
      return [{ person, at, failed: error.reason }]
    }
  }
}

/** Whether the target does not let us read any room now. A refusal of one of them may be about that room alone. */
function isOfAll({ kind, status }: TargetError): boolean {
  return kind !== 'denied' || status === 401
}
