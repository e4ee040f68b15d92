/**
 * In which order the rooms of a mirrored site are read. Each room has a place, a whole number, so that one index gives the
 * next ones: unread rooms first, the most guessable of them in front; then, by the time of the last reading, weak rooms,
 * the others, and those whose last reading failed, each in a lane of its own.
 */

/** Where each lane begins: above every time in milliseconds since 1970, so that a lane and a time make a place. */
export const lanes = { unread: 0, weak: 10_000_000_000_000, other: 20_000_000_000_000, failed: 30_000_000_000_000 }
export type ReadLane = Exclude<keyof typeof lanes, 'unread'>

/** The end of the lane of unread rooms. */
export const endOfUnread = lanes.weak

/** IDs that a million guesses find: their rooms are read more often. */
const weakBelowBits = 20
const moreOften = 4

/** Rooms whose ID is unknown come after all that are listed with one. */
const unknownBits = 1_000_000

/** @param bits what the listed ID costs an attacker, in bits; null where the list shows none. */
export function unreadPlace(bits: number | null): number {
  return Math.round((bits === null ? unknownBits : Math.min(bits, 1000)) * 1000)
}

/** Whether a million guesses find an ID. */
export function isWeak(bits: number): boolean {
  return bits < weakBelowBits
}

export function readPlace(at: number, bits: number): number {
  return (isWeak(bits) ? lanes.weak : lanes.other) + at
}

export function failedPlace(at: number): number {
  return lanes.failed + at
}

/** The time at which the room at a place was last read, or tried. */
export function timeOfPlace(lane: ReadLane, place: number): number {
  return place - lanes[lane]
}

/** The lane whose first room waits longest, where a weak room's wait counts four times; undefined where all are empty. */
export function laneToRead(firsts: Partial<Record<ReadLane, number>>, now: number): ReadLane | undefined {
  const waits = (Object.entries(firsts) as [ReadLane, number][]).map(([lane, place]) => ({
    lane,
    wait: (now - timeOfPlace(lane, place)) * (lane === 'weak' ? moreOften : 1),
  }))
  return waits.sort((a, b) => b.wait - a.wait)[0]?.lane
}
