/** The fifty most guessable rooms; among equals, those that have carried their ID longest. */
import type { JudgedRoom } from '../../wire/audit.ts'

const howMany = 50

type Placed = Pick<JudgedRoom, 'email' | 'since'>

export class WorstRooms {
  readonly #rooms: JudgedRoom[] = []

  /** Calls `judge` for the full result when the room is among the worst so far. */
  add(room: Placed, guesses: number, judge: () => JudgedRoom): void {
    const last = this.#rooms.at(-1)
    if (this.#rooms.length === howMany && compare(room, guesses, last!) >= 0) return
    const place = this.#rooms.findIndex(other => compare(room, guesses, other) < 0)
    this.#rooms.splice(place < 0 ? this.#rooms.length : place, 0, judge())
    if (this.#rooms.length > howMany) this.#rooms.pop()
  }

  result(): JudgedRoom[] {
    return this.#rooms
  }
}

function compare(room: Placed, guesses: number, other: JudgedRoom): number {
  const age = (room.since ?? Number.MAX_VALUE) - (other.since ?? Number.MAX_VALUE)
  return guesses - other.guesses || age || (room.email < other.email ? -1 : room.email > other.email ? 1 : 0)
}
