import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { profiles } from '#roomkey/rotations/target/profile.js'
import { engines } from '../support/engines.ts'
import { type Bench, openBench, people, plan, run, wire } from './rotation-fixture.ts'

const hour = 3_600_000

describe.each(engines)('%s: a rotation whose clock is set back while it is not running', engine => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(engine)
  })
  afterAll(() => bench.close())

  it('does not wait for the time from which it was set back', async () => {
    let posts = 0
    const wired = wire(bench, people(250), {
      fault: ({ method }) => {
        if (method !== 'POST') return undefined
        posts += 1
        return posts === 2 ? 'dropAfterCommit' : undefined
      },
    })
    const { key } = await plan(bench, wired, { source: { kind: 'system' }, profile: profiles.roomkey })
    const died = new Error('died')
    const dieWhenUnsure = () => {
      if (posts === 2) throw died
    }
    const at = (boundary: string) => (boundary === 'settled' ? dieWhenUnsure() : undefined)
    await expect(run(bench, wired, key, { at, workers: 1 })).rejects.toBe(died)

    const { clock } = bench
    const began = clock.now()
    const setBack = { now: () => clock.now() - hour, sleep: clock.sleep.bind(clock) }
    const dead = [{ rotation: key.rotation, owner: 'test:1' }]
    const end = await run(bench, wired, key, { clock: setBack, owner: 'test:2', dead })
    expect(end).toEqual({ end: 'finished', refused: 0 })
    expect(clock.now() - began).toBeLessThan(hour / 2)
    expect([...wired.target.changes.values()].filter(changes => changes !== 1)).toEqual([])
  })
})
