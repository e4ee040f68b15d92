import { describe, expect, it } from 'vitest'
import { concurrently } from '#roomkey/rotation/concurrently.js'
import { Governor } from '#roomkey/rotation/governor.js'
import { pacedFetch } from '#roomkey/rotation/paced-fetch.js'
import { VirtualClock } from '../support/virtual-clock.ts'

/** Milliseconds to wait, or 0 when the call is let through. */
type Limiter = (now: number) => number

/** R calls a second, of which `burst` may be saved up. */
function tokenBucket(perSecond: number, burst: number): Limiter {
  let tokens = burst
  let at = 0
  return now => {
    tokens = Math.min(burst, tokens + ((now - at) / 1000) * perSecond)
    at = now
    if (tokens < 1) return Math.ceil((1 - tokens) / perSecond) * 1000
    tokens -= 1
    return 0
  }
}

function fixedWindow(calls: number, ms: number): Limiter {
  let window = -1
  let used = 0
  return now => {
    if (Math.floor(now / ms) !== window) {
      window = Math.floor(now / ms)
      used = 0
    }
    used += 1
    return used <= calls ? 0 : (window + 1) * ms - now
  }
}

/** The wall time of a client that knew the limiter, and sent each call the moment that it is let through. */
function leastTime(limiter: Limiter, calls: number, start: number): number {
  let now = start
  for (let done = 0; done < calls; ) {
    if (limiter(now) === 0) done += 1
    else now += 1
  }
  return now - start
}

async function measure(limiter: () => Limiter, calls: number, { latencyMs = 50, workers = 8, headers = false } = {}) {
  const clock = new VirtualClock()
  const start = clock.now()
  const decide = limiter()
  const refusals: { at: number; until: number }[] = []
  const target = async () => {
    await clock.sleep(2)
    const wait = decide(clock.now())
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000)
      refusals.push({ at: clock.now(), until: clock.now() + seconds * 1000 })
      await clock.sleep(2)
      return new Response('', { status: 429, headers: { 'retry-after': String(seconds) } })
    }
    await clock.sleep(latencyMs)
    return new Response('')
  }
  const governor = new Governor()
  const fetch = pacedFetch(target, governor, clock)
  const all = Array.from({ length: calls })
  await clock.run(
    concurrently(all, workers, async () => {
      while ((await fetch('', {})).status === 429);
    }),
  )
  const inOneWindow = Math.max(
    0,
    ...refusals.map(({ at, until }) => refusals.filter(one => one.at >= at && one.at < until).length),
  )
  return {
    ratio: (clock.now() - start) / leastTime(limiter(), calls, start),
    refusals: refusals.length,
    inOneWindow,
    headers,
  }
}

describe('the governor', () => {
  it.each([
    ['10 calls a second, a second of them saved', () => tokenBucket(10, 10), 3000],
    ['10 calls a second, a minute of them saved', () => tokenBucket(10, 600), 5000],
    ['40 calls a second', () => tokenBucket(40, 40), 8000],
    ['600 calls a minute', () => fixedWindow(600, 60_000), 20_000],
  ])(
    'needs at most 1.03 times the least time, and hears one 429 per Retry-After: %s',
    async (_, limiter, calls) => {
      const { ratio, inOneWindow } = await measure(limiter, calls)
      expect(ratio).toBeLessThan(1.03)
      expect(inOneWindow).toBeLessThanOrEqual(1)
    },
    60_000,
  )

  it.each([
    ['no call saved', () => tokenBucket(10, 1), 3000],
    ['a window of one second', () => fixedWindow(10, 1000), 3000],
  ])(
    'stays near the pace of a target that forgives nothing: %s',
    async (_, limiter, calls) => {
      const { ratio, refusals, inOneWindow } = await measure(limiter, calls)
      expect(ratio).toBeLessThan(1.12)
      expect(refusals).toBeLessThan(20)
      expect(inOneWindow).toBe(1)
    },
    60_000,
  )

  it('does not slow down where there is no limit', async () => {
    const clock = new VirtualClock()
    const start = clock.now()
    const target = async () => {
      await clock.sleep(50)
      return new Response('')
    }
    const fetch = pacedFetch(target, new Governor(), clock)
    await clock.run(concurrently(Array.from({ length: 2000 }), 8, () => fetch('', {})))
    expect(clock.now() - start).toBeLessThan((2000 * 50) / 4)
  })

  it('believes a target that counts what is left, and never hears a 429', async () => {
    const clock = new VirtualClock()
    let left = 20
    let refused = 0
    let resetAt = clock.now() + 10_000
    const target = async () => {
      await clock.sleep(5)
      if (clock.now() >= resetAt) {
        left = 20
        resetAt += 10_000
      }
      if (left === 0) refused += 1
      left = Math.max(0, left - 1)
      const reset = String(Math.ceil((resetAt - clock.now()) / 1000))
      return new Response('', { headers: { 'x-ratelimit-remaining': String(left), 'x-ratelimit-reset': reset } })
    }
    const fetch = pacedFetch(target, new Governor(), clock)
    await clock.run(concurrently(Array.from({ length: 100 }), 4, () => fetch('', {})))
    expect(refused).toBe(0)
  })
})
