/**
 * Which numbers a site's room IDs end in, so that a number near another is seen as near. Three numbers a room are all
 * that is kept: a million rooms take 20 MB.
 */
export interface NumberNeighbours {
  /** Rooms of the site with the same prefix and as many digits, this one included. */
  sharing: number
  /** The distance to the nearest other number among them; undefined when there is none. */
  nearest: number | undefined
}

import { textHash } from './text-hash.ts'

const endsInNumber = /^(.*?)(\d{3,15})$/

export class KnownNumbers {
  #groups = new Float64Array(1024)
  #numbers = new Float64Array(1024)
  #size = 0
  #sorted = true

  /** Remembers an ID in lower case that ends in 3 to 15 digits; others are passed over. */
  add(siteUrl: string, key: string): void {
    const found = endsInNumber.exec(key)
    if (found === null) return
    if (this.#size === this.#groups.length) this.#grow()
    this.#groups[this.#size] = groupOf(siteUrl, found)
    this.#numbers[this.#size] = Number(found[2])
    this.#size += 1
    this.#sorted = false
  }

  /** The neighbours of an ID that was added. */
  neighbours(siteUrl: string, key: string): NumberNeighbours {
    const found = endsInNumber.exec(key)
    if (found === null) return { sharing: 0, nearest: undefined }
    this.#sort()
    const group = groupOf(siteUrl, found)
    const number = Number(found[2])
    const start = this.#firstAt(group, Number.NEGATIVE_INFINITY)
    const end = this.#firstAt(group, Number.POSITIVE_INFINITY)
    const own = this.#firstAt(group, number)
    const below = own > start ? number - this.#numbers[own - 1]! : undefined
    const above = own + 1 < end ? this.#numbers[own + 1]! - number : undefined
    return { sharing: end - start, nearest: below === undefined ? above : Math.min(below, above ?? below) }
  }

  /** The first place whose group and number are not below these. */
  #firstAt(group: number, number: number): number {
    let low = 0
    let high = this.#size
    while (low < high) {
      const middle = (low + high) >>> 1
      const before = this.#groups[middle]! - group || this.#numbers[middle]! - number
      if (before < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #grow(): void {
    const grown = (old: Float64Array) => {
      const bigger = new Float64Array(old.length * 2)
      bigger.set(old)
      return bigger
    }
    this.#groups = grown(this.#groups)
    this.#numbers = grown(this.#numbers)
  }

  #sort(): void {
    if (this.#sorted) return
    const groups = this.#groups
    const numbers = this.#numbers
    const order = Uint32Array.from({ length: this.#size }, (_, place) => place)
    order.sort((a, b) => groups[a]! - groups[b]! || numbers[a]! - numbers[b]!)
    this.#groups = Float64Array.from(order, place => groups[place]!)
    this.#numbers = Float64Array.from(order, place => numbers[place]!)
    this.#sorted = true
  }
}

function groupOf(siteUrl: string, [, prefix = '', digits = '']: RegExpExecArray): number {
  return textHash(`${siteUrl}/${prefix}/${digits.length}`)
}
