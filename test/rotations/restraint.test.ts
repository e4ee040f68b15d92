/** How an administrator may hold back what calls a target: a share, a pace, hours of the day, a limit by the day. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyRooms } from '#roomkey/rotations/afterwards/verify.js'
import { concurrently } from '#roomkey/rotations/planning/concurrently.js'
import { Governor } from '#roomkey/rotations/target/governor.js'
import { opensAt, readHours, sayHours } from '#roomkey/rotations/target/hours.js'
import { governedPermits } from '#roomkey/rotations/target/permits.js'
import { profiles } from '#roomkey/rotations/target/profile.js'
import { patient, type Restraint, usualRestraint } from '#roomkey/rotations/target/restraint.js'
import type { Fetch } from '#roomkey/webex/calls/calls.js'
import { createWebexClient } from '#roomkey/webex/calls/client.js'
import { staticToken } from '#roomkey/webex/sign-in/token-source.js'
import { fixedWindow, tokenBucket } from '../../devtools/limiters/limiters.ts'
import { simulate } from '../../devtools/limiters/simulator.ts'
import type { Fault } from '../../devtools/target-double/fault.ts'
import { makePeople } from '../../devtools/target-double/people.ts'
import { makeTargetDouble } from '../../devtools/target-double/target-double.ts'
import { VirtualClock } from '../support/virtual-clock.ts'
import { type Bench, openBench, plan, run } from './rotation-fixture.ts'

const trip = { workers: 4, wayMs: 5, workMs: 45, jitter: 0.2, retryAfter: 'rounded up' as const }

describe('a share of the pace that the target allows', () => {
  it.each([
    ['a window of a second', () => fixedWindow(10, 1_000, 'the clock')],
    ['a window of a minute', () => fixedWindow(600, 60_000, 'the clock')],
    ['a bucket', () => tokenBucket(10, 20)],
  ])('is kept to, once that is known: %s', (_, limiter) => {
    for (const share of [0.5, 0.25]) {
      const { governor, starts } = counted({ ...usualRestraint, share })
      const { refusals } = simulate({ ...trip, limiter, calls: 3600 }, governor)
      const last = starts.slice(-1200)
      const inAMinute = Math.max(...last.map(at => last.filter(other => other >= at && other < at + 60_000).length))
      const allowed = share * 600
      expect([share, inAMinute <= 1.06 * allowed, inAMinute >= 0.9 * allowed, inAMinute]).toEqual([
        ...[share, true, true, inAMinute],
      ])
      expect(refusals).toBeLessThanOrEqual(5)
    }
  })
})

/** A governor, and when it let calls begin. */
function counted(restraint: Restraint) {
  const starts: number[] = []
  const one = new Governor(restraint)
  const governor = {
    earliest: (now: number) => one.earliest(now),
    end: (report: Parameters<Governor['end']>[0]) => one.end(report),
    begin(now: number) {
      starts.push(now)
      one.begin(now)
    },
  }
  return { governor, starts }
}

describe('a number of calls a second', () => {
  it.each([0.5, 2, 10])('is never exceeded: %d', callsPerSecond => {
    const { governor, starts } = counted({ ...usualRestraint, callsPerSecond })
    simulate({ ...trip, limiter: () => tokenBucket(1000, 1000), calls: 100 }, governor)
    const gaps = starts.slice(1).map((at, index) => at - starts[index]!)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(Math.floor(1000 / callsPerSecond))
    expect(starts.at(-1)! - starts[0]!).toBeLessThan(1.05 * 99 * (1000 / callsPerSecond))
  })
})

describe('hours of the day', () => {
  it.each([
    ['20:00-06:00', { from: 1200, to: 360 }],
    ['9:05 - 17:00', { from: 545, to: 1020 }],
    ['18:00–24:00', { from: 1080, to: 0 }],
    ['20:00-20:00', undefined],
    ['00:00-24:00', undefined],
    ['25:00-06:00', undefined],
    ['20:60-06:00', undefined],
    ['20-06', undefined],
    ['20:00-06:00 Europe/Berlin', { from: 1200, to: 360, timeZone: 'Europe/Berlin' }],
    ['20:00-06:00 Mars/Olympus', undefined],
    ['', undefined],
  ])('are read from %j', (text, hours) => {
    expect(readHours(text)).toEqual(hours)
  })

  const local = (text: string) => new Date(text).getTime()
  it.each([
    ['20:00-06:00', '2026-01-05T08:00:00', '2026-01-05T20:00:00'],
    ['20:00-06:00', '2026-01-05T20:00:00', null],
    ['20:00-06:00', '2026-01-05T23:59:59', null],
    ['20:00-06:00', '2026-01-06T05:59:59', null],
    ['20:00-06:00', '2026-01-06T06:00:00', '2026-01-06T20:00:00'],
    ['09:30-17:00', '2026-01-05T09:29:59', '2026-01-05T09:30:00'],
    ['09:30-17:00', '2026-01-31T17:00:00', '2026-02-01T09:30:00'],
  ])('%s are open at %s, or next at %s', (text, now, next) => {
    expect(opensAt(readHours(text)!, local(now))).toBe(local(next ?? now))
  })

  it.each([
    ['20:00-06:00 Europe/Berlin', '2026-01-05T18:59:30Z', '2026-01-05T19:00:00Z'],
    ['20:00-06:00 Asia/Kolkata', '2026-01-05T14:29:30Z', '2026-01-05T14:30:00Z'],
    ['20:00-06:00 Europe/Berlin', '2026-01-06T04:59:59Z', null],
    // Clocks go forward at 01:00Z on the 29th of March, and back at 01:00Z on the 25th of October.
    ['20:00-06:00 Europe/Berlin', '2026-03-29T04:00:00Z', '2026-03-29T18:00:00Z'],
    ['08:00-09:00 Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T06:00:00Z'],
    ['08:00-09:00 Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T07:00:00Z'],
    // 02:30 does not exist in the night in which clocks go forward.
    ['02:30-04:00 Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T01:30:00Z'],
  ])('%s are open at %s, or next at %s', (text, now, next) => {
    expect(new Date(opensAt(readHours(text)!, Date.parse(now)))).toEqual(new Date(next ?? now))
  })

  it('are by the clock on the wall, which is named', () => {
    expect(sayHours(readHours('20:00-6:05')!)).toMatch(/^20:00-06:05 \(\w+.*\)$/)
  })

  it('are the only ones in which calls are made, day after day', async () => {
    const clock = new VirtualClock()
    const at: Date[] = []
    const pauses: number[] = []
    const fetch: Fetch = async () => {
      at.push(new Date(clock.now()))
      return Response.json({ personalMeetingRoomLink: 'https://example.webex.com/meet/jdoe' })
    }
    const restraint: Restraint = { ...usualRestraint, callsPerSecond: 0.01, hours: readHours('20:00-21:00')! }
    const permits = governedPermits(new Governor(restraint), clock, { restraint, onPause: until => pauses.push(until) })
    const client = createWebexClient('https://target.example', { fetch, permits, token: staticToken('secret'), clock })
    const all = Array.from({ length: 80 }, (_, index) => `p${index}@example.com`)
    await clock.run(concurrently(all, 8, email => client.readRoom('example.webex.com', email)))
    expect(new Set(at.map(date => date.getHours()))).toEqual(new Set([20]))
    expect(new Set(at.map(date => date.toDateString())).size).toBe(3)
    expect(pauses.length).toBe(3)
  })
})

describe('a target that takes so many calls a day', () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench()
  })
  afterAll(() => bench.close())

  const dayMs = 86_400_000
  const daily: { isOn: boolean; calls: Map<number, number>; refused: Map<number, number> } = {
    isOn: true,
    calls: new Map(),
    refused: new Map(),
  }
  const limit: Fault = {
    about: 'a hundred calls a day',
    begin: ({ now }) => ({
      pageSize: () => 1000,
      instead() {
        if (!daily.isOn) return undefined
        const day = Math.floor(now() / dayMs)
        const count = daily.calls.get(day) ?? 0
        if (count < 100) {
          daily.calls.set(day, count + 1)
          return undefined
        }
        daily.refused.set(day, (daily.refused.get(day) ?? 0) + 1)
        const seconds = Math.ceil(((day + 1) * dayMs - now()) / 1000)
        return { status: 429, headers: { 'retry-after': String(seconds) }, body: { message: 'Come back tomorrow.' } }
      },
    }),
  }

  it('has the rooms of 5,000 hosts read on the fifth day, at a thousand calls a day, where one waits for it', async () => {
    const clock = new VirtualClock()
    const restraint = { ...usualRestraint, ...patient }
    const firstDay = Math.floor(clock.now() / dayMs)
    const calls = [0, 0, 0, 0, 0, 0, 0]
    let refused = 0
    const fetch: Fetch = async () => {
      const day = Math.floor(clock.now() / dayMs) - firstDay
      await clock.sleep(50)
      if (calls[day]! < 1000) {
        calls[day]! += 1
        return Response.json({ personalMeetingRoomLink: 'https://example.webex.com/meet/jdoe' })
      }
      refused += 1
      const until = new Date((firstDay + day + 1) * dayMs)
      return new Response('{}', { status: 429, headers: { 'retry-after': until.toUTCString() } })
    }
    const permits = governedPermits(new Governor(restraint), clock, { restraint })
    const client = createWebexClient('https://target.example', { fetch, permits, token: staticToken('secret'), clock })
    const hosts = Array.from({ length: 5000 }, (_, index) => `p${index}@example.com`)
    const read = await clock.run(concurrently(hosts, 8, email => client.readRoom('example.webex.com', email)))
    expect(read.every(reading => 'roomId' in reading)).toBe(true)
    expect(calls).toEqual([1000, 1000, 1000, 1000, 1000, 0, 0])
    // As many as were under way when the day's calls were used up.
    expect(refused).toBeLessThanOrEqual(4 * 8)
  })

  it('has a rotation planned and verified in as many days as that takes', async () => {
    const { clock, store } = bench
    const siteUrl = 'daily.webex.com'
    const people = makePeople(500)
    const target = makeTargetDouble({ clock, people, siteUrl, faults: [limit], latencyMs: 0 })
    const restraint = { ...usualRestraint, ...patient }
    const wired = () => {
      const permits = governedPermits(new Governor(restraint), clock, { restraint })
      const deps = { fetch: target.fetch, permits, token: staticToken('secret'), clock }
      return { client: createWebexClient('https://target.example', deps) } as Parameters<typeof plan>[1]
    }
    const { key, moves } = await plan(bench, wired(), { siteUrl, profile: profiles.webex })
    expect(moves).toBe(500)
    // Five days of a hundred, and on the sixth what the list of people took.
    expect([...daily.calls.values()]).toEqual([100, 100, 100, 100, 100, 1])

    daily.isOn = false
    expect(await run(bench, wired(), key)).toMatchObject({ end: 'finished' })
    Object.assign(daily, { isOn: true, calls: new Map(), refused: new Map() })
    // Half an hour after, all can be seen; and a day begins.
    const nextDay = (Math.floor(clock.now() / dayMs) + 1) * dayMs
    await clock.run(clock.sleep(nextDay - clock.now() + 1))
    const deps = { store, client: wired().client, now: () => clock.now() }
    expect(await clock.run(verifyRooms(key, deps))).toMatchObject({ changed: 500, unread: 0 })
    expect([...daily.calls.values()]).toEqual([100, 100, 100, 100, 100])
    expect(Math.floor((clock.now() - nextDay) / dayMs)).toBe(4)
    expect([...daily.refused.values()].every(refused => refused <= 8)).toBe(true)
  })

  it('is put off until the next day where nobody waits, after one call in vain each time', async () => {
    const { clock } = bench
    const siteUrl = 'daily2.webex.com'
    Object.assign(daily, { isOn: true, calls: new Map(), refused: new Map() })
    const nextDay = (Math.floor(clock.now() / dayMs) + 1) * dayMs
    await clock.run(clock.sleep(nextDay - clock.now() + 1))
    const target = makeTargetDouble({ clock, people: makePeople(120), siteUrl, faults: [limit], latencyMs: 0 })
    const permits = governedPermits(new Governor(), clock)
    const deps = { fetch: target.fetch, permits, token: staticToken('secret'), clock }
    const wired = { client: createWebexClient('https://target.example', deps) } as Parameters<typeof plan>[1]
    const planning = () => plan(bench, wired, { siteUrl, profile: profiles.webex })
    const error = await planning().catch(thrown => thrown)
    expect(error).toMatchObject({ name: 'TargetError', kind: 'later' })
    expect(Math.abs(error.until - nextDay - dayMs)).toBeLessThan(2_000)
    expect(error.message).toContain('or have it waited for with --wait')
    const calls = target.account.calls.length
    await planning().catch(thrown => thrown)
    expect(target.account.calls.length).toBe(calls)
  })
})
