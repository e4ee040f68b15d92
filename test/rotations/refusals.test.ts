import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { profiles } from '#roomkey/rotations/target/profile.js'
import { type Bench, itemsOf, openBench, people, plan, run, wire } from './rotation-fixture.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const gate = { maxShare: 1, after: 1_000_000 }
const random = { kind: 'random' as const, prefix: '', bits: 60 }
const system = { kind: 'system' as const }

describe('refused rooms', () => {
  it('are isolated by halving within 2k·ceil(log2 100) + 1 further calls, and all others go through', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(99), { maxLength: 12 }),
        fc.constantFrom(profiles.webex, profiles.roomkey),
        fc.constantFrom(random, system),
        fc.boolean(),
        async (badOnes, profile, source, halfApplies) => {
          const bad = new Set(badOnes.map(index => `person${index}@example.com`))
          const weak = { bad, halfApplies: halfApplies && profile === profiles.webex }
          const wired = wire(bench, people(100), weak)
          const { key } = await plan(bench, wired, { profile, source })
          expect(await run(bench, wired, key, { gate, workers: 1 })).toEqual({ end: 'finished', refused: bad.size })
          expect(wired.target.refreshes.length - 1).toBeLessThanOrEqual(2 * bad.size * 7 + 1)
          for (const item of await itemsOf(bench.store, key)) {
            expect(item.state).toBe(bad.has(item.email) ? 'refused' : 'done')
            expect(wired.target.changes.get(item.email) ?? 0).toBe(bad.has(item.email) ? 0 : 1)
            if (item.state === 'done') expect(wired.target.rooms.get(item.email)).toBe(item.settled_id)
            else expect(item.reason).toBe('Nobody has this address.')
          }
        },
      ),
      { numRuns: 30 },
    )
  }, 120_000)

  it('are excluded right away where the target names them', async () => {
    const bad = new Set(['person3@example.com', 'person42@example.com', 'person99@example.com'])
    const wired = wire(bench, people(200), { bad, namesOffenders: true })
    const { key } = await plan(bench, wired, { profile: profiles.roomkey })
    expect(await run(bench, wired, key, { workers: 1 })).toEqual({ end: 'finished', refused: 3 })
    expect(wired.target.refreshes).toEqual([100, 97, 100])
  })

  it('stop the run when there are too many', async () => {
    const bad = new Set([...people(300).keys()].filter((_, index) => index % 3 === 0))
    const wired = wire(bench, people(300), { bad, namesOffenders: true })
    const { key } = await plan(bench, wired, { profile: profiles.roomkey })
    const end = await run(bench, wired, key, { gate: { maxShare: 0.2, after: 50 }, workers: 1 })
    expect(end).toMatchObject({ end: 'stopped', kind: 'refusals' })
    expect(wired.target.refreshes.length).toBeLessThan(3)
  })

  it('stop it once: whoever resumes it has seen the reasons, and only those after that count', async () => {
    const bad = new Set([...people(300).keys()].slice(0, 60))
    const wired = wire(bench, people(300), { bad, namesOffenders: true })
    const { key } = await plan(bench, wired, { profile: profiles.roomkey })
    expect(await run(bench, wired, key, { workers: 1 })).toMatchObject({ end: 'stopped', kind: 'refusals' })
    expect(await run(bench, wired, key, { workers: 1 })).toEqual({ end: 'finished', refused: 60 })
  })

  it('stop the run before anybody else if they are the whole canary', async () => {
    const wired = wire(bench, people(300), { bad: new Set(people(300).keys()) })
    const { key } = await plan(bench, wired, { canary: 4 })
    expect(await run(bench, wired, key)).toMatchObject({ end: 'stopped', kind: 'canary' })
    expect(Math.max(...wired.target.refreshes)).toBe(4)
  })
})

describe('a target that refuses Roomkey', () => {
  it.each(['401', '403'] as const)('with %s is called no more, and nothing is halved', async fault => {
    const wired = wire(bench, people(300), { fault: ({ method }) => (method === 'POST' ? fault : undefined) })
    const { key } = await plan(bench, wired)
    expect(await run(bench, wired, key, { workers: 1 })).toMatchObject({ end: 'stopped', kind: 'denied' })
    expect(wired.target.changes.size).toBe(0)
    expect((await itemsOf(bench.store, key)).every(item => item.state === 'pending')).toBe(true)
  })

  it('that is down stops the run, which is resumed later', async () => {
    let down = true
    const wired = wire(bench, people(300), {
      fault: ({ method }) => (down && method === 'POST' ? 'refuseConnection' : undefined),
    })
    const { key } = await plan(bench, wired)
    expect(await run(bench, wired, key, { workers: 1 })).toMatchObject({ end: 'stopped', kind: 'down' })
    down = false
    expect(await run(bench, wired, key)).toEqual({ end: 'finished', refused: 0 })
  })

  it('stops on request after the batch under way', async () => {
    const stop = new AbortController()
    const wired = wire(bench, people(1000))
    const { key } = await plan(bench, wired)
    const onProgress = ({ done }: { done: number }) => done >= 300 && stop.abort()
    const end = await run(bench, wired, key, { workers: 1, signal: stop.signal, onProgress })
    expect(end).toMatchObject({ end: 'stopped', kind: 'asked' })
    expect(wired.target.refreshes).toHaveLength(3)
    expect(await run(bench, wired, key)).toEqual({ end: 'finished', refused: 0 })
    expect(wired.target.refreshes).toHaveLength(10)
  })
})

describe('one rotation at a time', () => {
  it('runs on a site', async () => {
    const wired = wire(bench, people(500))
    const first = await plan(bench, wired)
    const second = await plan(bench, wired)
    const running = run(bench, wired, first.key)
    const refused = { refused: 'otherRotationRunning', rotation: first.key.rotation, owner: 'test:1' }
    expect(await run(bench, wired, second.key, { owner: 'test:2' })).toEqual(refused)
    expect(await running).toEqual({ end: 'finished', refused: 0 })
  })
})
