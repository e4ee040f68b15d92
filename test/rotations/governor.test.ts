import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { concurrently } from '#roomkey/rotations/planning/concurrently.js'
import { Governor } from '#roomkey/rotations/target/governor.js'
import { governedPermits } from '#roomkey/rotations/target/permits.js'
import { createWebexClient } from '#roomkey/webex/calls/client.js'
import { systemClock } from '#roomkey/webex/calls/clock.js'
import { readAskedWait } from '#roomkey/webex/calls/retry-after.js'
import { staticToken } from '#roomkey/webex/sign-in/token-source.js'
import { fixedWindow, opensByDate, opensIn, shedding } from '../../devtools/limiters/limiters.ts'
import { combinations, families, farAway, nearby, play } from '../../devtools/limiters/pace-families.ts'
import { simulate } from '../../devtools/limiters/simulator.ts'
import { VirtualClock } from '../support/virtual-clock.ts'

/** The limits for runs of 200 s that differ from the target ratio, and why. */
const exceptions: Record<string, { ratio?: number; atOnce?: number }> = {
  // The first refusal comes after 1,800 calls, when there seemed to be no limit.
  'window of a minute, by the clock': { atOnce: 2 },
  'window of a minute, from the first call': { atOnce: 2 },
  'sliding window of a minute': { atOnce: 2 },
  // A call that is slightly early is refused and costs a second: no pace near the limit is safe.
  'bucket that saves nothing': { ratio: 1.15 },
  'bucket that saves 1/4 s': { ratio: 1.05 },
  // A storm may end before the rounded Retry-After does.
  'window of 1 s, and a storm every minute': { ratio: 1.05 },
  // It takes a while to notice that more is allowed, and a few refusals to notice that less is.
  'bucket that becomes half as fast': { ratio: 1.1, atOnce: 2 },
  'bucket that becomes twice as fast': { ratio: 1.3 },
}

describe('the governor, simulated', () => {
  const circumstances = [
    ...combinations([2, 10], ['rounded up', 'exact'], nearby),
    ...combinations([30], ['rounded up'], nearby.slice(1, 2)),
  ]
  it.each(families)('stays within the target ratio in 200 s: $name', family => {
    const { ratio = 1.03, atOnce = 1 } = exceptions[family.name] ?? {}
    for (const one of circumstances) {
      const outcome = play(family, one, 200_000)
      expect([one, outcome.ratio <= ratio, outcome.inOneWindow <= atOnce, outcome]).toEqual([one, true, true, outcome])
    }
  })

  it('gets more than one 429 in a row only from a target that is far away', () => {
    const family = { name: '', make: (calls: number) => () => fixedWindow(calls, 1000, 'the clock') }
    for (const one of combinations([10], ['rounded up'], farAway)) {
      const { ratio, inOneWindow } = play(family, one, 200_000)
      expect(ratio).toBeLessThan(1.06)
      expect(inOneWindow).toBeLessThanOrEqual(one.workers)
    }
  })
})

describe('the governor of a busy machine, simulated', () => {
  it.each(families.slice(0, 2))('catches up on delayed calls: $name', ({ make }) => {
    const circumstances = { workers: 4, wayMs: 4, workMs: 20, jitter: 0.5, retryAfter: 'rounded up' as const }
    const scenario = { ...circumstances, limiter: make(10, 200_000), stalls: { everyMs: 1700, forMs: 170 } }
    // A tenth of the time is lost where the governor does not catch up.
    const { ratio, inOneWindow } = simulate({ ...scenario, calls: 2000 }, new Governor())
    expect([ratio < 1.05, inOneWindow <= 1, ratio, inOneWindow]).toEqual([true, true, ratio, inOneWindow])
  })
})

describe('the governor of a target that refuses every so-manieth call, however slowly they come, simulated', () => {
  const storms = [5, 10, 15].flatMap(every => [
    { every, retryAfter: 'in 1 s', until: opensIn(1_000) },
    { every, retryAfter: 'in 2 s', until: opensIn(2_000) },
    { every, retryAfter: 'as a date', until: opensByDate(2_000) },
    { every, retryAfter: 'in 5 s', until: opensIn(5_000) },
  ])
  it.each(storms)('costs no more than 1.1 of the least: every $every, Retry-After $retryAfter', ({ every, until }) => {
    for (const trip of nearby.slice(0, 2)) {
      const scenario = { ...trip, limiter: () => shedding(every, until), retryAfter: 'exact' as const, calls: 600 }
      const { ratio, refusals } = simulate(scenario, new Governor())
      const least = scenario.calls + Math.floor(scenario.calls / (every - 1))
      const calls = (scenario.calls + refusals) / least
      expect([trip, ratio <= 1.1, calls <= 1.1, ratio, calls]).toEqual([trip, true, true, ratio, calls])
    }
  })
})

describe('storms of every so-manieth call, simulated', () => {
  const waits = [opensIn(1_000), opensIn(2_000), opensIn(5_000), opensByDate(2_000)]
  /** A target on the same machine, read by as many at once as a plan reads. */
  const here = [{ workers: 8, wayMs: 2, workMs: 1, jitter: 0.2 }]
  it.each([
    { storms: 33, where: 'on this machine', trips: here, most: 1.05 },
    { storms: 33, where: 'nearby', trips: nearby, most: 1.1 },
    { storms: 33, where: 'far away', trips: farAway, most: 1.42 },
    // To find out what they are takes about three of them.
    { storms: 6, where: 'on this machine', trips: here, most: 1.22 },
    { storms: 6, where: 'nearby', trips: nearby, most: 1.36 },
    { storms: 6, where: 'far away', trips: farAway, most: 2.45 },
  ])('$storms of a target $where cost at most $most of the least', ({ storms, trips, most }) => {
    for (const every of [5, 10, 15]) {
      for (const until of waits) {
        for (const trip of trips) {
          const calls = storms * (every - 1) + 1
          const limiter = () => shedding(every, until)
          const { ratio } = simulate({ ...trip, limiter, retryAfter: 'exact', calls }, new Governor())
          expect([every, trip, ratio <= most, ratio]).toEqual([every, trip, true, ratio])
        }
      }
    }
  })
})

/** Calls a target as the client does. */
function governed(target: () => Promise<Response>, clock: VirtualClock) {
  const turns = governedPermits(new Governor(), clock)
  return async () => {
    const answered = await turns.take({ method: 'GET' })
    const response = await target()
    answered(response, readAskedWait(response, clock.now()))
    return response
  }
}

describe('permits', () => {
  it('do not slow down where there is no limit', async () => {
    const clock = new VirtualClock()
    const start = clock.now()
    const call = governed(async () => {
      await clock.sleep(50)
      return new Response('')
    }, clock)
    await clock.run(concurrently(Array.from({ length: 2000 }), 8, call))
    expect(clock.now() - start).toBeLessThan(1.3 * ((2000 * 50) / 8))
  })

  it('believe a target that reports what is left, and never get a 429', async () => {
    const clock = new VirtualClock()
    let left = 20
    let refused = 0
    let resetAt = clock.now() + 10_000
    const call = governed(async () => {
      await clock.sleep(5)
      if (clock.now() >= resetAt) {
        left = 20
        resetAt += 10_000
      }
      if (left === 0) refused += 1
      left = Math.max(0, left - 1)
      const reset = String(Math.ceil((resetAt - clock.now()) / 1000))
      return new Response('', { headers: { 'x-ratelimit-remaining': String(left), 'x-ratelimit-reset': reset } })
    }, clock)
    await clock.run(concurrently(Array.from({ length: 100 }), 4, call))
    expect(refused).toBe(0)
  })

  it('do not count against the time that a call may take', async () => {
    const clock = new VirtualClock()
    let closedUntil = clock.now()
    const client = createWebexClient('https://target.example', {
      permits: governedPermits(new Governor(), clock),
      token: staticToken('secret'),
      clock,
      fetch: async (_, { signal }) => {
        await clock.sleep(5)
        signal?.throwIfAborted()
        if (closedUntil === 0 || clock.now() < closedUntil) {
          return new Response('{}', { status: 429, headers: { 'retry-after': String(300) } })
        }
        if (clock.now() - closedUntil < 100) closedUntil = clock.now() + 300_000
        return Response.json({ personalMeetingRoomIds: [] })
      },
    })
    const refreshed = concurrently(Array.from({ length: 12 }), 4, () => client.refresh('example.webex.com', [], 'key'))
    const kinds = (await clock.run(refreshed)).map(({ kind }) => kind)
    expect(new Set(kinds)).toEqual(new Set(['accepted', 'later']))
  })

  it('are given over a real connection, one refusal at a time', async () => {
    const limiter = fixedWindow(20, 1000, 'the clock')
    const refusals: number[] = []
    const server = createServer((_, response) => {
      const wait = limiter.admit(Date.now())
      if (wait > 0) {
        refusals.push(Date.now())
        response.writeHead(429, { 'retry-after': '1' }).end()
      } else setTimeout(() => response.end('{}'), 10)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const turns = governedPermits(new Governor(), systemClock)
    let answered = 0
    await concurrently(Array.from({ length: 100 }), 4, async () => {
      for (;;) {
        const told = await turns.take({ method: 'GET' })
        const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
        told(response, readAskedWait(response, systemClock.now()))
        await response.arrayBuffer()
        if (response.status === 200) break
      }
      answered += 1
    })
    server.close()
    expect(answered).toBe(100)
    // Without pacing there were a dozen a second.
    expect(refusals.length).toBeLessThan(20)
  })
})
