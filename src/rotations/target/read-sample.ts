/** Reads rooms of a list that were drawn at random, to find out whether the list may be believed (rooms/list-sample.ts). */
import { randomInt } from 'node:crypto'
import {
  judgeSample,
  maxRoomsToRead,
  RandomSample,
  roomsToRead,
  type SampleCounts,
  type SampleVerdict,
} from '../../rooms/list-sample.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import { concurrently } from '../planning/concurrently.ts'
import type { PersonReading } from './read-person.ts'

/** A room as a list shows it. */
export interface ListedRoom {
  personId: string
  email: string
  roomId: string
}

export interface ListSample extends SampleCounts {
  verdict: SampleVerdict
  /** How many rooms the list has. */
  listed: number
  /** The first rooms that differ, with what they show. */
  different: { email: string; listed: string; found: string }[]
}

/** Starts a sample; every room of the list is to meet it. */
export function newListSample<Listed extends ListedRoom>(): RandomSample<Listed> {
  return new RandomSample<Listed>(maxRoomsToRead, randomInt)
}

const readers = 8
const maxNamed = 20

/**
 * Reads those of a list that were drawn, at most 368 rooms, and stops at the first few that differ: the verdict stands
 * then. A room without an ID differs.
 *
 * @throws TargetError where the target does not let rooms be read
 */
export async function readListSample<Listed extends ListedRoom>(
  sample: RandomSample<Listed>,
  read: (room: Listed) => Promise<PersonReading>,
): Promise<ListSample> {
  const counts = { agree: 0, differ: 0, unread: 0 }
  const different: ListSample['different'] = []
  await concurrently(sample.drawn(roomsToRead(sample.met)), readers, async room => {
    if (counts.differ > 0) return
    const reading = await read(room)
    if ('unclear' in reading) counts.unread += 1
    else if ('roomId' in reading && roomIdKey(reading.roomId) === roomIdKey(room.roomId)) counts.agree += 1
    else {
      counts.differ += 1
      const found = 'roomId' in reading ? reading.roomId : ''
      if (different.length < maxNamed) different.push({ email: room.email, listed: room.roomId, found })
    }
  })
  return { ...counts, verdict: judgeSample(counts), listed: sample.met, different }
}
