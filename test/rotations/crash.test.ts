import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Boundary } from '#roomkey/rotations/running/run-deps.js'
import { profiles } from '#roomkey/rotations/target/profile.js'
import { type Bench, itemsOf, openBench, people, plan, run, wire } from './rotation-fixture.ts'

class Died extends Error {}

/** Dies at the nth boundary that it reaches. */
function dieAt(index: number): (boundary: Boundary) => void {
  let passed = 0
  return boundary => {
    passed += 1
    if (passed === index) throw new Died(boundary)
  }
}

describe.each([
  [
    'system-generated, like Webex, reads half an hour stale',
    profiles.webex,
    { kind: 'system' as const },
    29 * 60_000,
    false,
  ],
  ['system-generated, a Roomkey service', profiles.roomkey, { kind: 'system' as const }, 0, true],
  ['given IDs, like Webex', profiles.webex, { kind: 'random' as const, prefix: 'x', bits: 60 }, 29 * 60_000, false],
])('a rotation that dies, %s', (_, profile, source, staleMs, honoursKeys) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench()
  })
  afterAll(() => bench.close())

  it('changes every host exactly once, wherever it died', async () => {
    const died = new Set<string>()
    for (let index = 1, ended = false; !ended; index += 1) {
      const cut = new Set([3, 4])
      let posts = 0
      const wired = wire(bench, people(130), {
        staleMs,
        honoursKeys,
        // Two answers are lost after the target committed, so that reading back is among the steps to die in.
        fault: ({ method }) => {
          if (method !== 'POST') return undefined
          posts += 1
          return cut.has(posts) ? 'dropAfterCommit' : undefined
        },
      })
      const { key } = await plan(bench, wired, { profile, source, canary: 5, freeze: true, freshMs: 0 })
      // Half an hour passes between planning and running, as in practice.
      await bench.clock.run(bench.clock.sleep(31 * 60_000))
      try {
        await run(bench, wired, key, { at: dieAt(index), workers: 1 })
        ended = true
      } catch (error) {
        if (!(error instanceof Died)) throw error
        died.add(error.message)
        const dead = [{ rotation: key.rotation, owner: 'test:1' }]
        const end = await run(bench, wired, key, { owner: 'test:2', dead })
        // After its release there is nothing left to resume.
        const released = error.message === 'released'
        expect(end).toEqual(released ? { refused: 'wrongState', state: 'finished' } : { end: 'finished', refused: 0 })
      }
      for (const item of await itemsOf(bench.store, key)) {
        expect([item.email, item.state]).toEqual([item.email, 'done'])
        expect(wired.target.rooms.get(item.email)).toBe(item.settled_id)
        if (source.kind === 'system' || profile === profiles.webex) {
          expect([error(index), item.email, wired.target.changes.get(item.email)]).toEqual([
            error(index),
            item.email,
            1,
          ])
        }
      }
      expect(wired.target.selfService).toBe(true)
    }
    expect([...died].sort()).toEqual(
      [
        'answered',
        'freezing',
        'frozen',
        'intended',
        'judged',
        'looked',
        'read',
        'released',
        'settled',
        'taken',
        'thawed',
      ].sort(),
    )
  }, 120_000)
})

function error(index: number): string {
  return `died at boundary ${index}`
}
