/** Who carries which ID, now and before. IDs are compared without regard to case. */
export class Rooms {
  readonly #history = new Map<string, { at: number; id: string }[]>()
  readonly #holders = new Map<string, string>()
  /** The last holder of each ID that was given up. */
  readonly #lastHolders = new Map<string, string>()

  /** The ID of somebody's room, or undefined for people without one. */
  current(personId: string): string | undefined {
    return this.#history.get(personId)?.at(-1)?.id
  }

  /** What a reading showed that is this old. */
  at(personId: string, time: number): string | undefined {
    const states = this.#history.get(personId)
    return (states?.findLast(({ at }) => at <= time) ?? states?.[0])?.id
  }

  holderOf(id: string): string | undefined {
    return this.#holders.get(id.toLowerCase())
  }

  lastHolderOf(id: string): string | undefined {
    return this.#lastHolders.get(id.toLowerCase())
  }

  give(personId: string, id: string, at: number): void {
    const before = this.current(personId)
    if (before !== undefined) {
      const key = before.toLowerCase()
      if (this.#holders.get(key) === personId) this.#holders.delete(key)
      this.#lastHolders.set(key, personId)
    }
    this.#holders.set(id.toLowerCase(), personId)
    const states = this.#history.get(personId) ?? []
    this.#history.set(personId, [...states, { at, id }])
  }

  remove(personId: string): void {
    const id = this.current(personId)
    if (id !== undefined) this.#holders.delete(id.toLowerCase())
    this.#history.delete(personId)
  }
}
