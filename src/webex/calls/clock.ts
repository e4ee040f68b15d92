/** Time as the engine sees it, so that tests can run half an hour of waiting in a millisecond. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after `ms`, be it years, or immediately when `signal` is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** No timer of the system runs longer; one that is asked to ends at once. */
const longestTimerMs = 2 ** 31 - 1

/** The last moment at which the machine's clock was right: what it showed, and the time since the process began. */
let right = { now: 0, at: 0 }

export const systemClock: Clock = {
  /**
   * Follows the machine's clock forward, also over a sleep of the machine, but never back: otherwise, anything that
   * waits until a time would wait as long as the clock was set back. Until the clock has caught up, time continues from
   * where it was.
   */
  now() {
    const shown = Date.now()
    const at = performance.now()
    const onward = right.now + at - right.at
    if (shown >= onward) right = { now: shown, at }
    return Math.max(shown, Math.floor(onward))
  },
  sleep: (ms, signal) =>
    new Promise(resolve => {
      if (ms <= 0 || signal?.aborted) return resolve()
      let left = ms
      let timer = setTimeout(next, Math.min(left, longestTimerMs))
      signal?.addEventListener('abort', done, { once: true })
      function next() {
        left -= longestTimerMs
        if (left <= 0) done()
        else timer = setTimeout(next, Math.min(left, longestTimerMs))
      }
      function done() {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
    }),
}
