/** The probe against stand-ins with planted habits. `npm run test:probe` kills it at every call of every one of them. */
import { expect, it, onTestFinished } from 'vitest'
import type { TargetAnswers } from '../../src/testkit/types.ts'
import { PlantedTarget, people, plantedTargets, roomkeyHabits } from './planted-targets.ts'

const originalIds = people.map(({ personalMeetingRoomId }) => personalMeetingRoomId)

async function start(habits: TargetAnswers): Promise<PlantedTarget> {
  const target = await PlantedTarget.start(habits)
  onTestFinished(() => target.close())
  return target
}

it.each(plantedTargets().map((habits, index) => ({ habits, name: `target ${index}: ${differences(habits)}` })))(
  'finds every habit of $name',
  async ({ habits }) => {
    const target = await start(habits)
    const { profile, left } = await target.probe()
    const { staleSeconds, ...answers } = profile!.answers
    const { staleSeconds: planted, ...others } = habits
    if (habits.lastHolder === 'waits') {
      expect(answers).toMatchObject({ lastHolder: 'waits', personIds: 'accepted', swaps: 'unknown' })
      expect(left).toHaveLength(1)
      await target.roomkey.clock.advance('61m')
      expect(await target.restore()).toEqual([])
    } else {
      expect(answers).toEqual(others)
      // Readings are a minute apart in the end.
      expect(staleSeconds).toBeGreaterThanOrEqual(planted as number)
      expect(staleSeconds).toBeLessThanOrEqual((planted as number) + (planted === 0 ? 0 : 61))
      expect(left).toEqual([])
    }
    expect(await target.ids()).toEqual(originalIds)
    expect(target.journal.read()).toBeUndefined()
  },
)

/** One of them in the suite, at every ninth call; all of them at every call with `npm run test:probe`. */
const isLong = process.env.ROOMKEY_PROBE_KILLS === 'all'
const killed = plantedTargets().filter((_, index) => isLong || index === 6)

it.each(killed.map((habits, index) => ({ habits, name: `target ${index}: ${differences(habits)}` })))(
  'puts every room back when it is killed, $name',
  { timeout: 600_000 },
  async ({ habits }) => {
    const target = await start(habits)
    let kills = 0
    // In turn before a call is sent, and before its answer comes: nothing of what was answered is kept.
    for (let call = 2; await target.probeAndDieAt(call, call % 2 === 0); call += isLong ? 1 : 9) {
      kills += 1
      if (habits.lastHolder === 'waits') await target.roomkey.clock.advance('61m')
      expect(await target.restore(), `killed at call ${call}`).toEqual([])
      expect(await target.ids(), `killed at call ${call}`).toEqual(originalIds)
      await target.roomkey.reset()
    }
    expect(kills).toBeGreaterThan(habits.lastHolder === 'waits' ? 5 : isLong ? 35 : 4)
  },
)

function differences(habits: TargetAnswers): string {
  const other = Object.entries(habits).filter(([name, value]) => roomkeyHabits[name as keyof TargetAnswers] !== value)
  return other.map(([name, value]) => `${name} ${value}`).join(', ') || "Roomkey's own"
}
