/** Gives all workers their turns by one governor, so that they share one budget of calls. */
import { type Turns, Unsent } from '../webex/calls.ts'
import type { Clock } from '../webex/clock.ts'
import { retryAfterMs } from '../webex/headers.ts'
import type { Governor } from './governor.ts'

/** Where a target says 429 and forgets to say for how long. */
const defaultWaitMs = 5_000

export function governedTurns(governor: Governor, clock: Clock): Turns {
  let waiting: (() => void)[] = []
  const nextAnswer = (stop?: AbortSignal) =>
    new Promise<void>(resolve => {
      const wake = () => {
        stop?.removeEventListener('abort', wake)
        resolve()
      }
      waiting.push(wake)
      stop?.addEventListener('abort', wake, { once: true })
    })

  return {
    async take(_request, stop) {
      for (let at = governor.earliest(clock.now()); at > clock.now(); at = governor.earliest(clock.now())) {
        if (stop?.aborted) throw new Unsent('stopped before its turn')
        await (at === Number.POSITIVE_INFINITY ? nextAnswer(stop) : clock.sleep(at - clock.now(), stop))
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
          was: response === null ? 'lost' : refused ? 'refused' : 'through',
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
