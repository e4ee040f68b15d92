/** Repeatable random numbers for demo data: the same seed gives the same sequence on every machine. Not for secrets. */
export interface Chance {
  /** At least 0 and below 1. */
  fraction(): number
  /** An integer of at least 0 and below `limit`. */
  below(limit: number): number
  pick<Item>(items: readonly Item[]): Item
  happens(share: number): boolean
}

/** The generator is mulberry32: 32 bits of state, which is plenty for names. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(fraction() * limit)
  return { fraction, below, pick: items => items[below(items.length)]!, happens: share => fraction() < share }
}
