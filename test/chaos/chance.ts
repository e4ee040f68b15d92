/** Chance that can be had again: numbers from 0 to 1 out of a seed (mulberry32), and what is chosen by them. */
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

  /** A whole number from `least` up to, and not including, `limit`. */
  between(least: number, limit: number): number {
    return least + Math.floor(this.next() * (limit - least))
  }

  oneOf<Item>(items: readonly Item[]): Item {
    return items[this.between(0, items.length)]!
  }

  /** So many different ones of them, in any order. */
  some<Item>(items: readonly Item[], count: number): Item[] {
    const left = [...items]
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(this.between(0, left.length), 1)[0]!)
  }
}
