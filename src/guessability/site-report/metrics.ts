/** The metrics of a site, collected room by room; each stores no more than it needs. */

import { type Audit, type GuessClass, guessClasses } from '../../wire/audit.ts'
import { NumberColumn } from '../attacker/number-column.ts'
import { type GuessCost, isCertain } from '../guessability.ts'

const headlineGuesses = [10, 1000, 1_000_000]
const maxDecade = 12
/** 1, 2, 5, 10, …: every headline number of guesses is among them. */
const curveGuesses = Array.from({ length: maxDecade }, (_, decade) => [1, 2, 5].map(step => step * 10 ** decade))
  .flat()
  .concat(10 ** maxDecade)

const bandBits = 5
const strengthBands = 14

/** The curve, and from it the rooms found within 10, 1,000 and 1,000,000 guesses per person. */
export class Discovery {
  /** Rooms by the first point of the curve that is certain to find them, and their chances at a single guess. */
  readonly #sure = new Float64Array(curveGuesses.length + 1)
  readonly #chance = new Float64Array(curveGuesses.length + 1)

  add(cost: GuessCost): void {
    const needed = isCertain(cost) ? cost.guesses : 2 ** cost.bits
    const place = firstPoint(needed)
    this.#sure[place]! += 1
    if (!isCertain(cost)) this.#chance[place]! += 1 / needed
  }

  result(): Pick<Audit, 'found' | 'curve'> {
    const rooms = this.#sure.reduce((sum, sure) => sum + sure)
    const foundAt = curveGuesses.map((guesses, place) => {
      const sure = this.#sure.subarray(0, place + 1).reduce((sum, room) => sum + room)
      const chance = this.#chance.subarray(place + 1).reduce((sum, each) => sum + each * guesses, 0)
      return sure + chance
    })
    const curve = curveGuesses.map((guesses, place) => {
      return { guesses, rooms: foundAt[place]!, share: rooms === 0 ? 0 : Math.min(1, foundAt[place]! / rooms) }
    })
    return { found: curve.filter(point => headlineGuesses.includes(point.guesses)), curve }
  }
}

function firstPoint(guesses: number): number {
  const place = curveGuesses.findIndex(point => point >= guesses)
  return place < 0 ? curveGuesses.length : place
}

/** The histogram of bits, and the median. */
export class Strength {
  readonly #bands = new Uint32Array(strengthBands)
  readonly #bits = new NumberColumn()

  add({ bits }: GuessCost): void {
    this.#bits.push(bits)
    this.#bands[Math.min(strengthBands - 1, Math.floor(bits / bandBits))]! += 1
  }

  result(): Pick<Audit, 'strength' | 'medianBits'> {
    const strength = Array.from(this.#bands, (rooms, band) => ({
      fromBits: band * bandBits,
      toBits: band === strengthBands - 1 ? null : (band + 1) * bandBits,
      rooms,
    }))
    return { strength, medianBits: this.#bits.median() ?? null }
  }
}

export class Classes {
  readonly #rooms = new Map<GuessClass, number>(guessClasses.map(name => [name, 0]))

  add({ class: name }: GuessCost): void {
    this.#rooms.set(name, this.#rooms.get(name)! + 1)
  }

  result(): Pick<Audit, 'classes'> {
    return {
      classes: Array.from(this.#rooms, ([name, rooms]) => ({ class: name, rooms })).filter(entry => entry.rooms > 0),
    }
  }
}
