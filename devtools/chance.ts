/** Repeatable random numbers from 0 to 1, from a seed (mulberry32), and choices made with them. */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from `min` inclusive to `limit` exclusive. */
  between(min: number, limit: number): number {
    return min + Math.floor(this.next() * (limit - min))
  }

  oneOf<Item>(items: readonly Item[]): Item {
    return items[this.between(0, items.length)]!
  }

  /** `count` different ones of them, in random order. */
  some<Item>(items: readonly Item[], count: number): Item[] {
    const left = [...items]
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(this.between(0, left.length), 1)[0]!)
  }
}
