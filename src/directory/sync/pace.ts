/** How many rooms a minute are read, over the last minutes. */
const overMs = 3 * 60_000
const atLeastMs = 2_000

export class Pace {
  #total = 0
  #read: { rooms: number; at: number }[] = []

  add(rooms: number, at: number): void {
    this.#read.push({ rooms, at })
    this.#read = this.#read.filter(each => at - each.at <= overMs)
  }

  /** The same, of a count that goes on growing. */
  upTo(total: number, at: number): void {
    this.add(total - this.#total, at)
    this.#total = total
  }

  restart(): void {
    this.#read = []
    this.#total = 0
  }

  /** Null until enough was read to say. */
  get perMinute(): number | null {
    const first = this.#read[0]
    const last = this.#read.at(-1)
    if (first === undefined || last === undefined || last.at - first.at < atLeastMs) return null
    // The first of them was read before its time.
    const rooms = this.#read.slice(1).reduce((sum, each) => sum + each.rooms, 0)
    return Math.round((rooms / (last.at - first.at)) * 60_000)
  }
}
