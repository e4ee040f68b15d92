/** A `fetch` whose calls keep the governor's pace: all workers share it, and so share one budget. */
import type { Fetch } from '../webex/calls.ts'
import type { Clock } from '../webex/clock.ts'
import { retryAfterMs } from '../webex/headers.ts'
import type { Governor } from './governor.ts'

/** Where a target says 429 and forgets to say for how long. */
const defaultWaitMs = 5_000

export function pacedFetch(fetch: Fetch, governor: Governor, clock: Clock): Fetch {
  return async (url, init) => {
    for (let at = governor.earliest(clock.now()); at > clock.now(); at = governor.earliest(clock.now())) {
      await clock.sleep(at - clock.now())
    }
    const startedAt = clock.now()
    governor.begin(startedAt)
    let waitMs: number | null = null
    let left: { calls: number; forMs: number } | null = null
    try {
      const response = await fetch(url, init)
      const asked = retryAfterMs(response.headers, clock.now())
      if (response.status === 429) waitMs = asked ?? defaultWaitMs
      else left = asked === undefined ? callsLeft(response.headers) : { calls: 0, forMs: asked }
      return response
    } finally {
      governor.end({ startedAt, endedAt: clock.now(), waitMs, left })
    }
  }
}

/** `RateLimit-Remaining` and `RateLimit-Reset` in seconds, with the `X-` that they used to have. */
function callsLeft(headers: Headers): { calls: number; forMs: number } | null {
  const [calls, seconds] = ['remaining', 'reset'].map(
    name => headers.get(`ratelimit-${name}`) ?? headers.get(`x-ratelimit-${name}`),
  )
  if (!/^\d+$/.test(calls ?? '') || !/^\d+$/.test(seconds ?? '')) return null
  return { calls: Number(calls), forMs: Number(seconds) * 1000 }
}
