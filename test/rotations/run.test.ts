import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { profiles } from '#roomkey/rotations/target/profile.js'
import { engines } from '../support/engines.ts'
import { type Bench, itemsOf, openBench, people, plan, run, wire } from './rotation-fixture.ts'

describe.each(engines)('%s: a rotation', engine => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(engine)
  })
  afterAll(() => bench.close())

  it('gives every host a new ID, once', async () => {
    const wired = wire(bench, people(1234))
    const before = new Map(wired.target.rooms)
    const { key, moves } = await plan(bench, wired)
    expect(moves).toBe(1234)
    expect(wired.target.rooms).toEqual(before)

    expect(await run(bench, wired, key)).toEqual({ end: 'finished', refused: 0 })
    for (const item of await itemsOf(bench.store, key)) {
      expect(item).toMatchObject({ state: 'done', settled_id: item.new_id })
      expect(wired.target.rooms.get(item.email)).toBe(item.new_id)
      expect(wired.target.changes.get(item.email)).toBe(1)
    }
    expect(wired.target.refreshes).toHaveLength(13)
  })

  it('finds out after a lost connection what the target had done, and changes nobody twice', async () => {
    for (const profile of [profiles.webex, profiles.roomkey]) {
      const wired = wire(bench, people(500), {
        staleMs: profile === profiles.webex ? 29 * 60_000 : 0,
        fault: ({ method, number }) => {
          if (method !== 'POST') return undefined
          // So spread that no batch meets more of them than a move has tries.
          const faults = [
            'dropAfterCommit',
            undefined,
            '500',
            undefined,
            '503AfterCommit',
            undefined,
            'dropBefore',
          ] as const
          return [...faults, undefined][number % 8]
        },
      })
      const { key } = await plan(bench, wired, { source: { kind: 'system' }, profile })
      let end = await run(bench, wired, key)
      for (let more = 0; !('end' in end && end.end === 'finished') && more < 20; more += 1) {
        end = await run(bench, wired, key)
      }
      expect(end).toEqual({ end: 'finished', refused: 0 })
      expect([...wired.target.changes.values()].filter(changes => changes !== 1)).toEqual([])
      for (const item of await itemsOf(bench.store, key)) {
        expect(wired.target.rooms.get(item.email)).toBe(item.settled_id)
      }
    }
  })
})
