/** One person, one move, and nothing repeated without bound: judged by the target's own account. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { message } from '#roomkey/messages/message.js'
import { Governor } from '#roomkey/rotations/target/governor.js'
import { governedPermits } from '#roomkey/rotations/target/permits.js'
import { profiles } from '#roomkey/rotations/target/profile.js'
import { createWebexClient } from '#roomkey/webex/calls/client.js'
import { staticToken } from '#roomkey/webex/sign-in/token-source.js'
import { type FaultName, faults } from '../../devtools/target-double/faults.ts'
import { makePeople } from '../../devtools/target-double/people.ts'
import { makeTargetDouble } from '../../devtools/target-double/target-double.ts'
import { type Bench, itemsOf, openBench, plan, run } from './rotation-fixture.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

let sites = 0

/** Plans and runs a rotation of so many people. */
async function rotate(count: number, names: FaultName[], source: 'random' | 'system' = 'random') {
  sites += 1
  const siteUrl = `hostile${sites}.webex.com`
  const { clock, store } = bench
  const people = makePeople(count)
  const target = makeTargetDouble({ clock, people, faults: names.map(name => faults[name]), siteUrl })
  const client = createWebexClient('https://target.example', {
    fetch: target.fetch,
    permits: governedPermits(new Governor(), clock),
    token: staticToken('secret'),
    clock,
  })
  const wired = { client } as Parameters<typeof plan>[1]
  const ids = source === 'random' ? ({ kind: 'random', prefix: '', bits: 60 } as const) : ({ kind: source } as const)
  const summary = await plan(bench, wired, { siteUrl, source: ids, profile: profiles.webex })
  const before = {
    calls: target.account.calls.length,
    refreshes: target.account.calls.filter(({ kind }) => kind === 'refresh').length,
  }
  const end = await run(bench, wired, summary.key)
  const items = await itemsOf(store, summary.key)
  const calls = target.account.calls.length - before.calls
  const refreshes = target.account.calls.filter(({ kind }) => kind === 'refresh').length - before.refreshes
  expect(calls).toBeLessThanOrEqual(summary.maxCalls)
  expect(refreshes).toBeLessThanOrEqual(summary.maxRefreshes)
  const times = (personId: string) => target.account.changes.filter(change => change.personId === personId).length
  return { summary, end, items, people, target, times, calls, refreshes }
}

describe('one person, one move', () => {
  it('plans whoever is in the list again once, and says so', async () => {
    const { items, people, times, end } = await rotate(40, ['listDuplicates'])
    expect(end).toMatchObject({ end: 'finished', refused: 0 })
    for (const { personId } of people) {
      const rows = items.filter(item => item.person_id === personId)
      expect(rows.filter(({ kind }) => kind === 'move')).toHaveLength(1)
      for (const { kind, reason } of rows) {
        if (kind === 'left') expect(reason).toBe(JSON.stringify(message('leftListedAgain')))
      }
      expect(times(personId)).toBe(1)
    }
    expect(items.length).toBeGreaterThan(people.length)
  })

  it('leaves a newcomer alone who was given the e-mail of somebody in the plan', async () => {
    for (const source of ['random', 'system'] as const) {
      const { target, people, items, times } = await rotate(30, ['emailReused', 'resetAfter'], source)
      const newcomer = target.world.people.find(({ personId }) => people.every(person => person.personId !== personId))!
      expect(times(newcomer.personId)).toBe(0)
      for (const { personId } of people) expect(times(personId)).toBe(1)
      for (const item of items) {
        expect(item).toMatchObject({ state: 'done', settled_id: target.world.rooms.current(item.person_id) })
      }
    }
  })
})

describe('nothing is repeated without bound', () => {
  it('finds the one room that the target always fails on, and serves all others', async () => {
    const { end, items, times } = await rotate(250, ['poison'])
    expect(end).toEqual({ end: 'finished', refused: 1 })
    const [victim] = items.filter(({ state }) => state !== 'done')
    expect(victim).toMatchObject({ state: 'refused', tries: 3, reason: expect.stringContaining('refusedNotChanged') })
    expect(times(victim!.person_id)).toBe(0)
  }, 60_000)

  it.each(['partialSkipped', 'otherIdAlways'] as const)('gives one room up after three tries: %s', async fault => {
    const { end, items, times } = await rotate(60, [fault])
    expect(end).toEqual({ end: 'finished', refused: 1 })
    const [victim] = items.filter(({ state }) => state === 'refused')
    expect(victim?.tries).toBe(3)
    expect(times(victim!.person_id)).toBe(fault === 'partialSkipped' ? 0 : 3)
    for (const item of items) if (item !== victim) expect([item.state, times(item.person_id)]).toEqual(['done', 1])
  })
})
