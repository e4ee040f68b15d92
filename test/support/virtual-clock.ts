import type { Clock } from '#roomkey/webex/calls/clock.js'

/**
 * A clock that stands still while anything happens, and jumps to the next waiting sleeper when nothing does. `working`
 * wraps work outside the event loop (the database's thread), so that time waits for it too.
 */
export class VirtualClock implements Clock {
  #now = Date.UTC(2026, 0, 5, 8)
  #sleepers: { at: number; wake: () => void }[] = []
  #working = 0

  now(): number {
    return Math.floor(this.#now)
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      if (ms <= 0 || signal?.aborted) return resolve()
      const wake = () => {
        this.#sleepers = this.#sleepers.filter(other => other !== sleeper)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const sleeper = { at: this.#now + ms, wake }
      this.#sleepers.push(sleeper)
      signal?.addEventListener('abort', wake, { once: true })
    })
  }

  async working<Result>(work: Promise<Result>): Promise<Result> {
    this.#working += 1
    try {
      return await work
    } finally {
      this.#working -= 1
    }
  }

  /** Lets time pass until `task` ends. */
  async run<Result>(task: Promise<Result>): Promise<Result> {
    let over = false
    const ended = task.finally(() => {
      over = true
    })
    ended.catch(() => undefined)
    while (!over) {
      for (let turn = 0; turn < 3; turn += 1) await new Promise(resolve => setImmediate(resolve))
      if (over || this.#working > 0 || this.#sleepers.length === 0) continue
      this.#sleepers.sort((a, b) => a.at - b.at)
      const next = this.#sleepers[0]!
      this.#now = Math.max(this.#now, next.at)
      next.wake()
    }
    return ended
  }
}
