/** The latencies of recent calls. */
import { percentile } from '../measure.ts'

/** Long enough for a meaningful p99, short enough that a stall shows where it was. */
const windowMs = 10_000

/** Milliseconds; 0 where there was no call. */
export interface Latency {
  p50: number
  p99: number
  worst: number
}

export class Latencies {
  #calls: { at: number; took: number }[] = []

  add(took: number): void {
    this.#calls.push({ at: performance.now(), took })
  }

  /** Of the last ten seconds. */
  ofLate(): Latency {
    const from = performance.now() - windowMs
    this.#calls = this.#calls.filter(({ at }) => at >= from)
    const took = this.#calls.map(call => call.took)
    return { p50: percentile(took, 0.5), p99: percentile(took, 0.99), worst: percentile(took, 1) }
  }
}
