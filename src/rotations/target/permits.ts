/** Gives all workers their turns by one governor, so that they share one budget of calls. */
import type { Permits } from '../../webex/calls/calls.ts'
import type { Clock } from '../../webex/calls/clock.ts'
import { retryAfterMs } from '../../webex/calls/headers.ts'
import type { Governor } from './governor.ts'

/** Where a target says 429 and forgets to say for how long. */
const defaultWaitMs = 5_000

export function governedPermits(governor: Governor, clock: Clock): Permits {
  let waiting: (() => void)[] = []
  const nextAnswer = () => new Promise<void>(resolve => waiting.push(resolve))

  return {
    async take() {
      for (let at = governor.earliest(clock.now()); at > clock.now(); at = governor.earliest(clock.now())) {
        await (at === Number.POSITIVE_INFINITY ? nextAnswer() : clock.sleep(at - clock.now()))
      }
      const startedAt = clock.now()
      governor.begin(startedAt)
      return response => {
        const endedAt = clock.now()
        const asked = response === null ? undefined : retryAfterMs(response.headers, endedAt)
        const refused = response?.status === 429
        governor.end({
          startedAt,
          endedAt,
          outcome: response === null ? 'lost' : refused ? 'refused' : 'through',
          waitMs: refused ? (asked ?? defaultWaitMs) : 0,
          left:
            asked !== undefined ? { calls: 0, forMs: asked } : response === null ? null : callsLeft(response.headers),
        })
        const woken = waiting
        waiting = []
        for (const wake of woken) wake()
      }
    },
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
