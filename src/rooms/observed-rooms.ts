/**
 * What readings of rooms mean for the history of a mirrored site. Pure. The target is the record, so a reading is never
 * refused; but readings are made one after the other while hosts change their rooms, so two may contradict each other:
 *   the later one holds: whoever was seen with the same ID earlier has given it up, has no known ID, and is read again;
 *   a reading that shows what a room carried before a recent change may be of before that change: it is not believed, and
 *   the room is read again when the change must show.
 */
import { roomIdKey } from './room-id.ts'

export interface Observation {
  /** The person's number on the site. */
  person: number
  id: string
  /** When it was read, in milliseconds since 1970. */
  at: number
}

/** What is known of a room. */
export interface KnownRoom {
  /** The number of the newest claim, 0 for none. */
  claims: number
  /** The ID that the room carried when it was last read, or null. */
  currentId: string | null
  /** The ID before that one, and when it was seen to be another; null where there was none. */
  previousId: string | null
  changedAt: number | null
  seenAt: number | null
}

/** The last claim on a key, whose holder is among the known rooms. */
export interface KnownKey {
  tenure: number
  holder: number
  /** Whether it is its holder's newest claim. */
  live: boolean
}

export interface ObservedClaim {
  person: number
  number: number
  /** Both null where the room has given up its ID and the new one is unknown. */
  id: string | null
  key: string | null
  tenure: number
}

export interface Observed {
  /** At most one for each person. `first` where nothing was known of the room before. */
  claims: (ObservedClaim & { first: boolean })[]
  /** Whose rooms carry their newest claim, and when that was read. */
  seen: { person: number; at: number }[]
  /** Whose room is to be read again, from when on, and whether what is known of it is void. */
  again: { person: number; due: number; void: boolean }[]
}

/**
 * @param observations at most one for each person.
 * @param rooms every person observed, and every holder in `keys`.
 * @param keys the last claim on each key that was observed, if there ever was one.
 * @param settleMs how long a reading may show what was there before a change.
 */
export function judgeObservations(
  observations: Observation[],
  rooms: ReadonlyMap<number, KnownRoom>,
  keys: ReadonlyMap<string, KnownKey>,
  settleMs: number,
): Observed {
  const again: Observed['again'] = []
  /** By key: who was seen with it last, and when. */
  const holders = new Map<string, Observation>()
  const lost = new Map<number, number>()
  const lose = (person: number, readAt: number | null, at: number) => {
    // A reading from before the change can be repeated at once; one from a moment ago would show the same.
    const recent = readAt !== null && at < readAt + settleMs
    lost.set(person, recent ? readAt + settleMs : at)
  }

  for (const observation of [...observations].sort((a, b) => a.at - b.at)) {
    const room = rooms.get(observation.person)!
    const { person, at } = observation
    const key = roomIdKey(observation.id)
    if (isOlderThanChange(room, key, at, settleMs)) {
      again.push({ person, due: room.changedAt! + settleMs, void: false })
      continue
    }
    const earlier = holders.get(key)
    if (earlier !== undefined) lose(earlier.person, earlier.at, at)
    holders.set(key, observation)
  }

  const seenNow = new Set([...holders.values()].map(({ person }) => person))
  for (const [key, { person, at }] of holders) {
    const known = keys.get(key)
    if (known === undefined || !known.live || known.holder === person) continue
    if (!seenNow.has(known.holder) && !lost.has(known.holder)) lose(known.holder, rooms.get(known.holder)!.seenAt, at)
  }

  const claims: Observed['claims'] = []
  const seen: Observed['seen'] = []
  for (const [key, { person, id, at }] of holders) {
    const room = rooms.get(person)!
    seen.push({ person, at })
    if (room.currentId !== null && roomIdKey(room.currentId) === key) continue
    const tenure = (keys.get(key)?.tenure ?? 0) + 1
    claims.push({ person, number: room.claims + 1, id, key, tenure, first: room.claims === 0 })
  }
  for (const [person, due] of lost) {
    const room = rooms.get(person)!
    again.push({ person, due, void: true })
    if (room.currentId === null) continue
    claims.push({ person, number: room.claims + 1, id: null, key: null, tenure: 0, first: false })
  }
  return { claims, seen, again }
}

function isOlderThanChange(room: KnownRoom, key: string, at: number, settleMs: number): boolean {
  const { currentId, previousId, changedAt } = room
  if (previousId === null || changedAt === null || at >= changedAt + settleMs) return false
  return key === roomIdKey(previousId) && (currentId === null || roomIdKey(currentId) !== key)
}
