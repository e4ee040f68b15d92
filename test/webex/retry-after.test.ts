/** `Retry-After` as targets and the proxies before them write it. */
import { describe, expect, it } from 'vitest'
import { Governor } from '#roomkey/rotations/target/governor.js'
import { governedPermits } from '#roomkey/rotations/target/permits.js'
import { usualRestraint } from '#roomkey/rotations/target/restraint.js'
import { createWebexClient } from '#roomkey/webex/calls/client.js'
import { systemClock } from '#roomkey/webex/calls/clock.js'
import { readAskedWait } from '#roomkey/webex/calls/retry-after.js'
import { TargetError } from '#roomkey/webex/calls/target-error.js'
import { staticToken } from '#roomkey/webex/sign-in/token-source.js'
import { VirtualClock } from '../support/virtual-clock.ts'

/** A Monday. */
const now = Date.UTC(2026, 0, 5, 8)
const year9999 = Date.UTC(9999, 11, 31) - now

const wait = (header: string | null, more: { status?: number; date?: string; chance?: number } = {}) => {
  const headers = new Headers(header === null ? {} : { 'retry-after': header })
  if (more.date !== undefined) headers.set('date', more.date)
  return readAskedWait({ status: more.status ?? 429, headers }, now, () => more.chance ?? 0)?.waitMs
}

describe('Retry-After', () => {
  it.each([
    // Seconds, and how long to wait in milliseconds.
    ['5', 5_000],
    ['1', 1_000],
    ['0', 1_000],
    ['00', 1_000],
    ['007', 7_000],
    ['0.0', 1_000],
    ['0.2', 1_000],
    ['1.5', 1_500],
    ['30.25', 30_250],
    [' 12 ', 12_000],
    ['86400', 86_400_000],
    ['2147484', 2_147_484_000],
    ['99999999999', 99_999_999_999_000],
    ['9'.repeat(40), year9999],
    ['9'.repeat(400), year9999],
    // Dates in the three forms of RFC 9110.
    ['Mon, 05 Jan 2026 08:00:09 GMT', 9_000],
    ['Monday, 05-Jan-26 08:00:09 GMT', 9_000],
    ['Mon Jan  5 08:00:09 2026', 9_000],
    ['Thu Jan 15 08:00:00 2026', 10 * 86_400_000],
    ['Tue, 06 Jan 2026 08:00:00 GMT', 86_400_000],
    ['Mon, 05 Jan 2026 08:00:60 GMT', 60_000],
    ['Sat, 29 Feb 2028 00:00:00 GMT', null],
    ['Tue, 29 Feb 2028 00:00:00 GMT', Date.UTC(2028, 1, 29) - now],
    ['Fri, 31 Dec 9999 23:59:59 GMT', year9999],
    // In the past: the century of two digits is the one in which that is at most 50 years ahead.
    ['Mon, 05 Jan 2026 08:00:00 GMT', 1_000],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 1_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 1_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 1_000],
    // What no standard knows.
    ['', null],
    ['-1', null],
    ['+5', null],
    ['1.', null],
    ['.5', null],
    ['1e3', null],
    ['0x10', null],
    ['1_000', null],
    ['1,000', null],
    ['5s', null],
    ['5 seconds', null],
    ['120;', null],
    ['30, 30', null],
    ['30,60', null],
    ['PT5S', null],
    ['soon', null],
    ['null', null],
    ['undefined', null],
    ['NaN', null],
    ['Infinity', null],
    ['rand(30),add(30)', null],
    ['2026-01-05T08:00:09Z', null],
    ['2026-01-05', null],
    ['08:00:09', null],
    ['1767600009', 1_767_600_009_000],
    ['Mon, 05 Jan 2026 08:00:09 UTC', null],
    ['Mon, 05 Jan 2026 08:00:09 +0000', null],
    ['Mon, 05 Jan 2026 09:00:09 CET', null],
    ['Mon, 5 Jan 2026 08:00:09 GMT', null],
    ['mon, 05 jan 2026 08:00:09 gmt', null],
    ['Tue, 05 Jan 2026 08:00:09 GMT', null],
    ['Mon, 05 Jan 2026 24:00:00 GMT', null],
    ['Fri, 30 Feb 2026 08:00:00 GMT', null],
    ['05 Jan 2026 08:00:09 GMT', null],
    ['Mon Jan 5 08:00:09 2026', null],
    ['Mon, 05 Jan 26 08:00:09 GMT', null],
  ])('%j', (header, expected) => {
    // Unreadable: half a minute at least, and up to half as much again.
    expect(wait(header)).toBe(expected ?? 30_000)
    expect(wait(header, { chance: 1 })).toBe(expected ?? 45_000)
    expect(wait(header, { status: 423 })).toBe(expected ?? 30_000)
    expect(wait(header, { status: 200 })).toBe(undefined)
  })

  it('that is missing is a few seconds', () => {
    expect([wait(null), wait(null, { status: 423 })]).toEqual([5_000, 5_000])
  })

  it('counts after a 5xx only where it can be read', () => {
    expect([null, 'soon', '-1', '0', '0.5', '7'].map(header => wait(header, { status: 503 }))).toEqual([
      ...[undefined, undefined, undefined],
      ...[0, 500, 7_000],
    ])
  })

  it('as a date is by the clock of the target, where that is not ours', () => {
    const anHourAhead = { date: 'Mon, 05 Jan 2026 09:00:00 GMT' }
    expect(wait('Mon, 05 Jan 2026 09:00:07 GMT', anHourAhead)).toBe(7_000)
    expect(wait('Mon, 05 Jan 2026 07:00:07 GMT', { date: 'Mon, 05 Jan 2026 07:00:00 GMT' })).toBe(7_000)
    expect(wait('Mon, 05 Jan 2026 08:00:07 GMT', { date: 'Mon, 05 Jan 2026 08:00:02 GMT' })).toBe(7_000)
    expect(wait('Mon, 05 Jan 2026 08:00:07 GMT', { date: 'yesterday' })).toBe(7_000)
  })
})

/** A target that answers every call with a 429, in simulated time. */
function refusing(retryAfter: string | null, options: Parameters<typeof governedPermits>[2] = {}) {
  const clock = new VirtualClock()
  const calls: number[] = []
  const client = createWebexClient('https://target.example', {
    permits: governedPermits(new Governor(), clock, options),
    token: staticToken('secret'),
    clock,
    fetch: async () => {
      calls.push(clock.now())
      await clock.sleep(5)
      return new Response('{}', { status: 429, headers: retryAfter === null ? {} : { 'retry-after': retryAfter } })
    },
  })
  return { clock, calls, client }
}

describe('a target that always says later', () => {
  it.each([null, '0', '1.5', '-1', '120;', '3', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
    'is asked a few times, each a second or more after the last, and then no more: %j',
    async header => {
      const { clock, calls, client } = refusing(header)
      const ended = await clock.run(client.readRoom('example.webex.com', 'a@example.com')).catch(error => error)
      expect(ended).toBeInstanceOf(TargetError)
      expect(ended).toMatchObject({ kind: 'later', until: expect.any(Number) })
      expect(ended.until).toBeGreaterThan(clock.now())
      expect(ended.message).toContain(new Date(ended.until).toISOString())
      expect(ended.message).toContain(header === null ? 'without Retry-After' : `Retry-After: ${header}`)
      expect(calls.length).toBe(12)
      const gaps = calls.slice(1).map((at, index) => at - calls[index]!)
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(header === '-1' || header === '120;' ? 30_000 : 1_000)
      expect(await client.refresh('example.webex.com', [], 'key')).toMatchObject({ kind: 'putOff' })
      expect(calls.length).toBe(12)
    },
  )

  it('is asked once where it says hours, and waited for where that is wanted', async () => {
    const { clock, calls, client } = refusing('62000')
    const ended = await clock.run(client.readRoom('example.webex.com', 'a@example.com')).catch(error => error)
    expect(ended).toMatchObject({ kind: 'later', until: clock.now() - 1_000 + 62_000_000 })
    expect(calls.length).toBe(1)
    expect(await client.refresh('example.webex.com', [], 'key')).toMatchObject({ kind: 'putOff' })

    const told: (string | null)[] = []
    const restraint = { ...usualRestraint, patienceMs: Number.POSITIVE_INFINITY, fruitlessWaits: 3 }
    const patient = refusing('62000', { restraint, onWait: (_, header) => told.push(header) })
    const began = patient.clock.now()
    await patient.clock.run(patient.client.readRoom('example.webex.com', 'a@example.com')).catch(() => undefined)
    expect(patient.calls.map(at => Math.floor((at - began) / 62_000_000))).toEqual([0, 1, 2])
    expect(told).toEqual(['62000', '62000'])
  })

  it('is asked by several at once as by one', async () => {
    const { clock, calls, client } = refusing('2')
    const readings = Array.from({ length: 8 }, () => client.readRoom('example.webex.com', 'a@example.com'))
    const ends = await clock.run(Promise.allSettled(readings))
    expect(ends.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'rejected'))
    expect(calls.length).toBeLessThanOrEqual(12)
  })
})

it('waits longer than a timer of the system can, and no longer than it is wanted', async () => {
  const stop = new AbortController()
  const began = Date.now()
  let over = false
  const waiting = systemClock.sleep(99_999_999_999_000, stop.signal).then(() => {
    over = true
  })
  await systemClock.sleep(30)
  expect(over).toBe(false)
  stop.abort()
  await waiting
  expect(Date.now() - began).toBeLessThan(1_000)
})
