/**
 * Whether a list of rooms may be believed, by reading a few of them one by one. Pure.
 *
 * The list of people may show IDs that rooms no longer have: how late it is, Webex does not say. Reading rooms drawn at
 * random tells how far it can be trusted, whatever kind of people it is wrong about. A list is refused by the first room
 * that differs, so what has to be chosen is how many to read: `roomsToRead`.
 *
 *   const sample = new RandomSample<Entry>(maxRoomsToRead, randomBelow)
 *   for (const entry of list) sample.meet(entry)            // a list of any size, in one pass
 *   ... reads sample.drawn(roomsToRead(sample.met)), and counts what came of it
 *   judgeSample({ agree, differ, unread })
 *
 * rotations/target/read-sample.ts does that against a target.
 */

/**
 * A list that is wrong for this share of people passes with at most this probability: 0.1% for one of ten. For one of a
 * hundred, half of the 5% that it may be, so that measuring it shows it.
 */
const promises = [
  { wrongShare: 0.1, risk: 0.001 },
  { wrongShare: 0.01, risk: 0.025 },
] as const

/** Enough for a list of any length. */
export const maxRoomsToRead = roomsToRead(Number.MAX_SAFE_INTEGER)

/** How many rooms of a list are to be read, so that it is refused where it is wrong for too many: at most 368, all of a short list. */
export function roomsToRead(listed: number): number {
  return Math.max(...promises.map(({ wrongShare, risk }) => readsToFind(listed, Math.ceil(listed * wrongShare), risk)))
}

/** The least number of draws that miss all of `wrong` among `listed` with at most this probability. */
function readsToFind(listed: number, wrong: number, risk: number): number {
  let missesAll = 1
  let reads = 0
  for (; reads < listed && missesAll > risk; reads += 1) missesAll *= Math.max(0, 1 - wrong / (listed - reads))
  return reads
}

/** How many of the rooms that were not read may be wrong, at 95% certainty, where all that were read are right. */
export function mayBeWrong(listed: number, read: number): number {
  const unread = Math.max(0, listed - read)
  if (read === 0 || unread === 0) return unread
  // The more are wrong, the likelier one of them was read: halving finds the most that would still be missed.
  let [fits, tooMany] = [0, unread + 1]
  while (tooMany - fits > 1) {
    const wrong = Math.floor((fits + tooMany) / 2)
    if (chanceToMiss(listed, wrong, read) > 0.05) fits = wrong
    else tooMany = wrong
  }
  return fits
}

function chanceToMiss(listed: number, wrong: number, read: number): number {
  let chance = 1
  for (let before = 0; before < read && chance > 0; before += 1) chance *= Math.max(0, 1 - wrong / (listed - before))
  return chance
}

/** Draws at random, each entry with the same chance, from a list that passes by once and whose length nobody knows. */
export class RandomSample<Entry> {
  /** How many entries have passed. */
  met = 0
  readonly #kept: Entry[] = []
  readonly #capacity: number
  readonly #randomBelow: (limit: number) => number

  /** @param randomBelow a whole number from 0 to below its argument, each equally likely. */
  constructor(capacity: number, randomBelow: (limit: number) => number) {
    this.#capacity = capacity
    this.#randomBelow = randomBelow
  }

  meet(entry: Entry): void {
    this.met += 1
    if (this.#kept.length < this.#capacity) this.#kept.push(entry)
    else {
      const place = this.#randomBelow(this.met)
      if (place < this.#capacity) this.#kept[place] = entry
    }
  }

  /** So many of the entries, or all that were kept, in random order. */
  drawn(count: number): Entry[] {
    const entries = [...this.#kept]
    // Places among those kept are not random for the first that passed.
    for (let place = entries.length - 1; place > 0; place -= 1) {
      const other = this.#randomBelow(place + 1)
      ;[entries[place], entries[other]] = [entries[other]!, entries[place]!]
    }
    return entries.slice(0, count)
  }
}

export interface SampleCounts {
  agree: number
  differ: number
  /** Could not be read. */
  unread: number
}

/**
 * `agrees`: the list may be believed. `differs`: it shows IDs that rooms do not have. `unread`: none was seen to differ,
 * but some could not be read, so that nothing is promised; nor by a sample of nobody.
 */
export type SampleVerdict = 'agrees' | 'differs' | 'unread'

export function judgeSample({ agree, differ, unread }: SampleCounts): SampleVerdict {
  if (differ > 0) return 'differs'
  return unread > 0 || agree === 0 ? 'unread' : 'agrees'
}
