/** Answers of 200 that say nothing, while the target gives other IDs than were asked for, or shows changes late. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostileBench } from './hostile-bench.ts'
import type { Bench } from './rotation-fixture.ts'

const hostile = hostileBench()
const { rotate, undo } = hostile
let bench: Bench
beforeAll(async () => {
  bench = await hostile.open()
})
afterAll(() => bench.close())

describe('a target whose every answer is empty', () => {
  it('is not thought to be down for as long as readings show that it does what it is asked', async () => {
    const { end, items } = await rotate(1300, ['emptyAnswer'])
    expect(end).toEqual({ end: 'finished', refused: 0 })
    expect(items.every(({ state }) => state === 'done')).toBe(true)
  }, 30_000)

  it('has each room sent three times at most while readings are late', async () => {
    const { end, refreshes, people, target } = await rotate(35, ['emptyAnswer', 'staleSteady'])
    expect(end).toEqual({ end: 'finished', refused: 0 })
    expect(refreshes).toBe(4)
    for (const { personId } of people) {
      const sent = target.account.calls.filter(call => call.kind === 'refresh' && call.people.includes(personId))
      expect(sent).toHaveLength(3)
    }
  })
})

describe('a room that got another ID than was asked for', () => {
  it('goes alone from then on, because that may come of those with it', async () => {
    const { summary, target, people, wired, end } = await rotate(40, ['emptyAnswer', 'otherIdOnce'])
    expect(end).toEqual({ end: 'finished', refused: 0 })
    await undo(summary.key, wired)
    for (const { personId, firstId } of people) expect(target.world.rooms.current(personId)).toBe(firstId)
  })
})
