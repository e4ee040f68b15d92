/** How guessable some rooms were before a change, and are after it: the proof of what it was good for. */
import { type GuessContext, type RoomHolder, weigh } from '../guessability.ts'
import { strengthOf } from '../strength.ts'
import { Strength } from './metrics.ts'

export interface TwoStrengths {
  rooms: number
  before: StrengthOfRooms
  after: StrengthOfRooms
}

/** `weak`: how many can be guessed. The histogram and the median are as in the audit. */
export type StrengthOfRooms = { weak: number } & ReturnType<Strength['result']>

/** A room, its two IDs in lower case, and which rotations gave them, where that is known. */
export interface ChangedRoom {
  person: RoomHolder
  before: { key: string; rotationId: string | null }
  after: { key: string; rotationId: string | null }
}

export class TwoStrengthsOfRooms {
  readonly #context: GuessContext
  readonly #before = new Side()
  readonly #after = new Side()
  #rooms = 0

  constructor(context: GuessContext) {
    this.#context = context
  }

  add({ person, before, after }: ChangedRoom): void {
    this.#rooms += 1
    this.#before.add(weigh({ ...person, rotationId: before.rotationId }, before.key, this.#context).cost)
    this.#after.add(weigh({ ...person, rotationId: after.rotationId }, after.key, this.#context).cost)
  }

  result(): TwoStrengths {
    return { rooms: this.#rooms, before: this.#before.result(), after: this.#after.result() }
  }
}

class Side {
  readonly #strength = new Strength()
  #weak = 0

  add(cost: Parameters<Strength['add']>[0]): void {
    this.#strength.add(cost)
    if (strengthOf(cost) === 'weak') this.#weak += 1
  }

  result(): StrengthOfRooms {
    return { weak: this.#weak, ...this.#strength.result() }
  }
}
