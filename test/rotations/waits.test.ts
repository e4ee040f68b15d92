/** A target that asks for a longer wait than anybody waits for, and administrators who stop waiting. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkRotation } from '#roomkey/rotations/afterwards/check.js'
import { ReadingWaits } from '#roomkey/rotations/running/reading-waits.js'
import { connect, newBudget } from '#roomkey/rotations/target/connect.js'
import { profiles } from '#roomkey/rotations/target/profile.js'
import type { RotationKey } from '#roomkey/store/rotations/journal.js'
import { eachEvent, getRotation } from '#roomkey/store/rotations/rotations.js'
import type { OnAsked } from '#roomkey/webex/calls/calls.js'
import { systemClock } from '#roomkey/webex/calls/clock.js'
import { staticToken } from '#roomkey/webex/sign-in/token-source.js'
import { program, removeFolder, roomkey, temporaryFolder } from '../../devtools/child-service.ts'
import type { Answer, Fault } from '../../devtools/target-double/fault.ts'
import { makePeople } from '../../devtools/target-double/people.ts'
import { serveTarget } from '../../devtools/target-double/serve.ts'
import { makeTargetDouble } from '../../devtools/target-double/target-double.ts'
import { type Bench, itemsOf, openBench, plan, run } from './rotation-fixture.ts'

/** While it is set, calls of that method are answered with a 429. */
const closed: { method: string | null; retryAfter: string } = { method: null, retryAfter: '' }

const closes: Fault = {
  about: 'closes for a while',
  begin: () => ({
    instead: ({ method }): Answer | undefined =>
      method === closed.method ? { status: 429, headers: { 'retry-after': closed.retryAfter } } : undefined,
  }),
}

async function waitsOf({ store }: Bench, key: RotationKey): Promise<unknown[]> {
  const bodies: { retryAfter?: string; waits?: unknown[] }[] = []
  for await (const events of eachEvent(store.db, key)) bodies.push(...events.map(event => JSON.parse(event.body)))
  return bodies.flatMap(({ retryAfter, waits }) => waits ?? retryAfter ?? [])
}

describe('a run whose target', () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench()
  })
  afterAll(() => bench.close())

  async function planned(siteUrl: string, freeze = false) {
    const { clock } = bench
    const target = makeTargetDouble({ clock, people: makePeople(250), siteUrl, faults: [closes] })
    const session = (stop?: AbortSignal, onAsked?: OnAsked) => {
      const route = { fetch: target.fetch, token: staticToken('secret'), budget: newBudget(clock), clock }
      return connect('https://target.example', route, { giveUp: null, stop }, onAsked)
    }
    const wired = { client: session().client } as Parameters<typeof plan>[1]
    const { key } = await plan(bench, wired, { siteUrl, freeze, profile: profiles.webex })
    return { target, session, key }
  }

  it('asks for hours stops, says until when, leaves nothing open, and goes on then', async () => {
    const { target, session, key } = await planned('hours.webex.com')
    Object.assign(closed, { method: 'POST', retryAfter: '62000' })
    const before = bench.clock.now()
    const { client, waitingUntil, retryAfter } = session()
    const end = await run(bench, { client } as never, key, { waitingUntil, retryAfter })
    const refreshes = target.account.count('refresh')
    // Four workers may have been under way.
    expect(refreshes).toBeLessThanOrEqual(4)
    expect(end).toMatchObject({ end: 'stopped', kind: 'later', until: expect.any(Number) })
    const { until, reason } = end as { until: number; reason: unknown }
    expect(Math.round((until - before) / 1000)).toBe(62_000)
    expect(reason).toMatchObject({
      code: 'targetClosedUntil',
      params: { until: new Date(until).toISOString(), asked: { params: { header: '62000' } } },
    })
    expect(bench.clock.now() - before).toBeLessThan(10_000)
    expect(new Set((await itemsOf(bench.store, key)).map(({ state }) => state))).toEqual(new Set(['pending']))
    expect(new Set(await waitsOf(bench, key))).toEqual(new Set(['62000']))
    expect((await getRotation(bench.store.db, key)).state).toBe('stopped')

    closed.method = null
    await bench.clock.run(bench.clock.sleep(62_000_000))
    expect(await run(bench, { client: session().client } as never, key)).toMatchObject({ end: 'finished' })
    expect(target.account.changes.length).toBe(250)
  })

  it('asks for some time ends at once when it is stopped, and says that self-service is still off', async () => {
    const { target, session, key } = await planned('stopped.webex.com', true)
    const stop = new AbortController()
    const { client, waitingUntil, retryAfter } = session(stop.signal)
    const seen: (string | null)[] = []
    Object.assign(closed, { method: 'POST', retryAfter: '3000.5' })
    const before = bench.clock.now()
    const end = await run(bench, { client } as never, key, {
      waitingUntil,
      retryAfter,
      signal: stop.signal,
      onProgress(progress) {
        if (progress.waitingUntil === 0) return
        seen.push(progress.retryAfter)
        void bench.clock.sleep(60_000).then(() => stop.abort())
      },
    })
    expect(end).toMatchObject({ end: 'stopped', kind: 'asked' })
    expect(seen).toContain('3000.5')
    expect(bench.clock.now() - before).toBeLessThan(90_000)
    expect(target.selfService).toBe(false)

    closed.method = null
    expect(await run(bench, { client: session().client } as never, key)).toMatchObject({ end: 'finished' })
    expect([target.account.changes.length, target.selfService]).toEqual([250, true])
  })
})

describe('a run whose readings are put off', () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench()
  })
  afterAll(() => bench.close())

  it('has each Retry-After in its journal as it came, with those of the batches', async () => {
    const siteUrl = 'readings.webex.com'
    const { clock } = bench
    /** Each kind of call is put off once. */
    const asked: Record<string, string | null> = {
      readSettings: '7',
      refresh: '1.50',
      readRoom: ' soon ',
      writeSettings: null,
    }
    const closesOnce: Fault = {
      about: 'puts each kind of call off once',
      begin: () => ({
        instead({ kind }): Answer | undefined {
          const retryAfter = asked[kind]
          if (retryAfter === undefined || closed.method !== 'once') return undefined
          delete asked[kind]
          return { status: 429, headers: retryAfter === null ? {} : { 'retry-after': retryAfter } }
        },
      }),
    }
    const target = makeTargetDouble({ clock, people: makePeople(20), siteUrl, faults: [closesOnce] })
    const waits = new ReadingWaits()
    const route = { fetch: target.fetch, token: staticToken('secret'), budget: newBudget(clock), clock }
    const { client } = connect('https://target.example', route, { giveUp: null }, waits.add)
    const wired = { client } as Parameters<typeof plan>[1]
    const { key } = await plan(bench, wired, { siteUrl, freeze: true, canary: 5, profile: profiles.webex })
    closed.method = 'once'
    expect(await run(bench, wired, key, { takeWaits: () => waits.take() })).toMatchObject({ end: 'finished' })
    closed.method = null
    const journal = await waitsOf(bench, key)
    expect(journal).toEqual(
      expect.arrayContaining([
        { status: 429, retryAfter: '7' },
        { status: 429, retryAfter: 'soon' },
        { status: 429, retryAfter: null },
        '1.50',
      ]),
    )
    expect(journal).toHaveLength(4)
    expect(await checkRotation(bench.store.db, key)).toEqual([])
  })
})

describe('the command line', () => {
  it('stops with exit code 4 and the time, or waits until Ctrl-C', async () => {
    const target = makeTargetDouble({ clock: systemClock, people: makePeople(30), latencyMs: 0, faults: [closes] })
    const served = await serveTarget(target)
    const folder = await temporaryFolder()
    const env = { WEBEX_URL: served.url, WEBEX_ACCESS_TOKEN: 'secret' }
    const words = ['--data', folder, '--json']
    const planning = ['plan', '--site', 'example.webex.com', '--target', 'webex', ...words]

    Object.assign(closed, { method: 'GET', retryAfter: '62000' })
    const refused = await roomkey(planning, { env, cwd: folder })
    expect(refused).toMatchObject({ code: 4, stderr: expect.stringMatching(/until 20.*Z \(Retry-After: 62000\)/) })
    expect(JSON.parse(refused.stdout)).toMatchObject({ refused: 'targetLater', until: expect.any(Number) })

    closed.method = null
    expect(await roomkey(planning, { env, cwd: folder })).toMatchObject({ code: 0 })
    Object.assign(closed, { method: 'POST', retryAfter: '62000' })
    const stopped = await roomkey(['run', '1', ...words], { env })
    expect(stopped).toMatchObject({ code: 4, stderr: expect.stringMatching(/Retry-After: 62000.*roomkey resume 1/) })
    expect(JSON.parse(stopped.stdout)).toMatchObject({ kind: 'later', until: expect.any(Number) })

    closed.retryAfter = '3000'
    const child = spawn(process.execPath, [program, 'resume', '1', ...words], { env: { ...process.env, ...env } })
    let said = ''
    let asked = false
    child.stderr.on('data', data => {
      said += data
      if (!asked && said.includes('Retry-After: 3000')) asked = child.kill('SIGINT')
    })
    const [code] = await once(child, 'exit')
    expect([code, said]).toEqual([4, expect.stringMatching(/waiting 50 min, until 20.*as the target asked/)])

    // With --wait, days are waited for; outside the hours, nothing is called.
    const following = async (options: string[], until: string) => {
      const one = spawn(process.execPath, [program, 'resume', '1', ...words, ...options], {
        env: { ...process.env, ...env },
      })
      let output = ''
      let sent = false
      one.stderr.on('data', data => {
        output += data
        if (!sent && output.includes(until)) sent = one.kill('SIGINT')
      })
      const ended = await once(one, 'exit')
      return [ended[0], output]
    }
    closed.retryAfter = '262000'
    expect(await following(['--wait'], 'as the target asked (')).toEqual([
      ...[4, expect.stringMatching(/waiting 4 days, until 20.*Retry-After: 262000/)],
    ])
    const calls = target.account.calls.length
    const hour = (hours: number) => `${(new Date().getHours() + hours) % 24}:00`
    expect(await following(['--between', `${hour(3)}-${hour(5)}`], 'pausing until then')).toEqual([
      ...[4, expect.stringMatching(/calls are made at \d\d:00-\d\d:00 \(.+\); pausing until then, 20/)],
    ])
    expect(target.account.calls.length).toBe(calls)
    for (const wrong of [
      ['--share', '0'],
      ['--share', '120%'],
      ['--calls-per-second', '-1'],
      ['--between', '20-6'],
    ]) {
      expect(await roomkey(['verify', '1', ...words, ...wrong], { env })).toMatchObject({ code: 2 })
    }
    closed.method = null
    const quick = ['--share', '50%', '--calls-per-second', '500', '--wait']
    expect(await roomkey(['resume', '1', ...words, ...quick], { env })).toMatchObject({ code: 0 })
    await served.close()
    await removeFolder(folder)
  }, 60_000)
})
