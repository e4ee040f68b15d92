import type { ServiceClock } from '../service-clock.ts'

/**
 * Counts the calls of each key in time windows, for @fastify/rate-limit, whose own store uses the wall clock: if that
 * is set back, a client that has used up a window stays locked out for as long. This one measures time since the
 * process began.
 */
export class CallCounts {
  readonly #clock: ServiceClock
  /** By key, least recently used first. */
  readonly #windows = new Map<string, { calls: number; endsAt: number }>()

  constructor(clock: ServiceClock) {
    this.#clock = clock
  }

  incr(
    key: string,
    report: (error: Error | null, count: { current: number; ttl: number }) => void,
    windowMs: number,
  ): void {
    const now = this.#clock.elapsed()
    const before = this.#windows.get(key)
    const window = before !== undefined && now < before.endsAt ? before : { calls: 0, endsAt: now + windowMs }
    window.calls += 1
    this.#windows.delete(key)
    this.#windows.set(key, window)
    if (this.#windows.size > maxKeys) this.#windows.delete(this.#windows.keys().next().value!)
    report(null, { current: window.calls, ttl: window.endsAt - now })
  }

  /** Each limit counts separately. */
  child(): CallCounts {
    return new CallCounts(this.#clock)
  }
}

/** The most keys to count; beyond these, the least recently used one is forgotten. */
const maxKeys = 5000
