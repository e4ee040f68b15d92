/**
 * How many guesses an attacker expects to need until the first room of the site is found, whosever it is.
 *
 * With the directory, the attacker tries everybody with the first guess, then with the second, and so on: the first
 * round that holds a hit decides, and with h hits among n people the first is expected at (n + 1) / (h + 1) of it.
 * Without it, the attacker picks IDs of a shape at random: with c rooms among S IDs, the first is expected at (S + 1) /
 * (c + 1). The cheaper way counts.
 */
import type { GuessCost } from '../guessability.ts'

export class FirstRoom {
  #rooms = 0
  #minRank = Number.POSITIVE_INFINITY
  #hits = 0
  /** Rooms by the bits of their shape, in hundredths. */
  readonly #shapes = new Map<number, number>()

  add({ rank, shapeBits }: GuessCost): void {
    this.#rooms += 1
    if (rank === null) {
      const hundredths = Math.round(shapeBits * 100)
      this.#shapes.set(hundredths, (this.#shapes.get(hundredths) ?? 0) + 1)
    } else if (rank <= this.#minRank) {
      this.#hits = rank === this.#minRank ? this.#hits + 1 : 1
      this.#minRank = rank
    }
  }

  /** Guesses, or null when there is no room. */
  result(): number | null {
    if (this.#rooms === 0) return null
    const directory = (this.#minRank - 1) * this.#rooms + (this.#rooms + 1) / (this.#hits + 1)
    const shapes = Array.from(this.#shapes, ([hundredths, rooms]) =>
      Math.max(1, (2 ** (hundredths / 100) + 1) / (rooms + 1)),
    )
    return Math.min(directory, ...shapes)
  }
}
