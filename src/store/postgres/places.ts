/**
 * A queue before a pool of connections. Callers beyond its places wait, first come first served, as long as others get
 * on; there may be fewer places for a while, where the server has no more connections for us.
 */
import { StoreUnavailable } from '../store-error.ts'

/** How long a caller waits while nobody gets on, and altogether. */
const standstillMs = 4000
const waitMs = 30_000

/** How long the number of places stays reduced. */
const reducedMs = 10_000

interface Waiting {
  since: number
  enter(): void
  giveUp(): void
}

export class Places {
  readonly #most: number
  #limit: number
  #taken = 0
  #waiting: Waiting[] = []
  #lastProgress = 0
  #timer: NodeJS.Timeout | undefined

  constructor(most: number) {
    this.#most = most
    this.#limit = most
  }

  /** @throws StoreUnavailable where the wait is over. */
  enter(): Promise<void> {
    if (this.#waiting.length === 0 && this.#taken < this.#limit) {
      this.#taken += 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        since: Date.now(),
        enter: resolve,
        giveUp: () => reject(new StoreUnavailable('No connection to PostgreSQL became free in time.')),
      })
      this.#timer ??= setInterval(() => this.#endWaits(), 250)
    })
  }

  leave(): void {
    this.#taken -= 1
    this.#admit()
  }

  /** Somebody has got what they came for: whoever waits may go on waiting. */
  progress(): void {
    this.#lastProgress = Date.now()
  }

  /** Leaves at most so many places, and tries more again after a while. */
  reduceTo(places: number): void {
    this.#limit = Math.max(1, Math.min(this.#limit, places))
    setTimeout(() => {
      this.#limit = this.#most
      this.#admit()
    }, reducedMs).unref()
  }

  #admit(): void {
    while (this.#taken < this.#limit) {
      const next = this.#waiting.shift()
      if (next === undefined) break
      this.#taken += 1
      next.enter()
    }
    this.#restIfEmpty()
  }

  #endWaits(): void {
    const now = Date.now()
    const over = ({ since }: Waiting) =>
      now - since > waitMs || now - Math.max(since, this.#lastProgress) > standstillMs
    const given = this.#waiting.filter(over)
    this.#waiting = this.#waiting.filter(each => !over(each))
    for (const { giveUp } of given) giveUp()
    this.#restIfEmpty()
  }

  #restIfEmpty(): void {
    if (this.#waiting.length > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
