/** Counts how often in a row a target asked to wait, and then asked again instead of letting the next call through. */

/** Readings may pass where changes do not, such as while a site is locked. */
export type CallKind = 'read' | 'write'

/** So many asked waits are believed. After that, each lasts at least twice as long as the one before. */
const believed = 5
const longestMs = 10 * 60_000

export class Fruitless {
  readonly #inARow = { read: 0, write: 0 }
  #askedAt = Number.NEGATIVE_INFINITY

  /** The most waits in a row. */
  get inARow(): number {
    return Math.max(this.#inARow.read, this.#inARow.write)
  }

  /** The target asked to wait. Gives for how long, in milliseconds, nobody should call, whatever it asked for. */
  add(kind: CallKind, startedAt: number, endedAt: number): number {
    // Calls that were under way when it last asked were sent before anybody could wait.
    if (startedAt >= this.#askedAt) this.#inARow[kind] += 1
    this.#askedAt = endedAt
    const more = this.#inARow[kind] - believed
    return more <= 0 ? 0 : Math.min(longestMs, 1000 * 2 ** more)
  }

  letThrough(kind: CallKind): void {
    this.#inARow[kind] = 0
  }

  forget(): void {
    this.letThrough('read')
    this.letThrough('write')
  }
}
