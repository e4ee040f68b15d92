/** A growing list of numbers, 8 bytes each, for metrics that need one number of every room. */
export class NumberColumn {
  #values = new Float64Array(1024)
  #size = 0

  get size(): number {
    return this.#size
  }

  push(value: number): void {
    if (this.#size === this.#values.length) {
      const bigger = new Float64Array(this.#size * 2)
      bigger.set(this.#values)
      this.#values = bigger
    }
    this.#values[this.#size] = value
    this.#size += 1
  }

  /** A view of the numbers, valid until the next `push`. */
  values(): Float64Array {
    return this.#values.subarray(0, this.#size)
  }

  /** The lower median, or undefined when there is none. */
  median(): number | undefined {
    return this.values().slice().sort()[(this.#size - 1) >>> 1]
  }
}

/** The order that sorts pairs of numbers, by the first and then by the second, as their indexes. */
export function orderOfPairs(first: Float64Array, second: Float64Array): Uint32Array {
  const order = Uint32Array.from(first, (_, place) => place)
  return order.sort((a, b) => first[a]! - first[b]! || second[a]! - second[b]!)
}
