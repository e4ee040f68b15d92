/**
 * The numbers that a site's room IDs end in, so that a number near another is recognised as near. Only two numbers per
 * room are stored.
 */
import { NumberColumn, orderOfPairs } from './number-column.ts'
import { textHash } from './text-hash.ts'

export interface NumberNeighbours {
  /** Rooms of the site with the same prefix and as many digits, this one included. */
  sharing: number
  /** The distance to the nearest other number among them; undefined when there is none. */
  nearest: number | undefined
}

/** The numbers in a form that can be sent between threads. */
export interface PackedNumbers {
  groups: Float64Array
  numbers: Float64Array
}

const endsInNumber = /^(.*?)(\d{3,15})$/
const mayEndInNumber = /\d{3}$/

export class KnownNumbers {
  readonly #groups = new NumberColumn()
  readonly #numbers = new NumberColumn()
  #sorted: PackedNumbers | undefined

  /** Adds an ID in lower case if it ends in 3 to 15 digits; ignores others. */
  add(siteUrl: string, key: string): void {
    const found = mayEndInNumber.test(key) ? endsInNumber.exec(key) : null
    if (found === null) return
    this.#groups.push(groupOf(siteUrl, found))
    this.#numbers.push(Number(found[2]))
    this.#sorted = undefined
  }

  /** The neighbours of an ID that was added. */
  neighbours(siteUrl: string, key: string): NumberNeighbours {
    const found = mayEndInNumber.test(key) ? endsInNumber.exec(key) : null
    if (found === null) return { sharing: 0, nearest: undefined }
    const { numbers } = this.#sort()
    const group = groupOf(siteUrl, found)
    const number = Number(found[2])
    const start = this.#firstAt(group, Number.NEGATIVE_INFINITY)
    const end = this.#firstAt(group, Number.POSITIVE_INFINITY)
    const own = this.#firstAt(group, number)
    const below = own > start ? number - numbers[own - 1]! : undefined
    const above = own + 1 < end ? numbers[own + 1]! - number : undefined
    return { sharing: end - start, nearest: below === undefined ? above : Math.min(below, above ?? below) }
  }

  /** The first position whose group and number are not below these. */
  #firstAt(group: number, number: number): number {
    const { groups, numbers } = this.#sort()
    let low = 0
    let high = groups.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((groups[middle]! - group || numbers[middle]! - number) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** All of them, sorted. */
  pack(): PackedNumbers {
    return this.#sort()
  }

  /** Nothing can be added to them any more. */
  static from(packed: PackedNumbers): KnownNumbers {
    const numbers = new KnownNumbers()
    numbers.#sorted = packed
    return numbers
  }

  #sort(): PackedNumbers {
    if (this.#sorted === undefined) {
      const groups = this.#groups.values()
      const numbers = this.#numbers.values()
      const order = orderOfPairs(groups, numbers)
      this.#sorted = {
        groups: Float64Array.from(order, place => groups[place]!),
        numbers: Float64Array.from(order, place => numbers[place]!),
      }
    }
    return this.#sorted
  }
}

function groupOf(siteUrl: string, [, prefix = '', digits = '']: RegExpExecArray): number {
  return textHash(`${siteUrl}/${prefix}/${digits.length}`)
}
