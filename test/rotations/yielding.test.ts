/**
 * Large plans are processed piece by piece: the result does not depend on the pieces, and other work runs in between.
 */
import { afterEach, expect, it } from 'vitest'
import { message } from '#roomkey/messages/message.js'
import { leaveOutClashes } from '#roomkey/rotations/planning/order-plan.js'
import { planHash } from '#roomkey/rotations/planning/plan-hash.js'
import { countRotation } from '#roomkey/store/rotations/counts.js'
import type { RotationKey } from '#roomkey/store/rotations/journal.js'
import { listItems } from '#roomkey/store/rotations/lists.js'
import type { PlannedItem } from '#roomkey/store/rotations/plans.js'
import { eachItem, getRotation } from '#roomkey/store/rotations/rotations.js'
import type { Store } from '#roomkey/store/store.js'
import { engines } from '../support/engines.ts'
import { type Bench, itemsOf, openBench } from './rotation-fixture.ts'
import { site } from './target-double.ts'

let bench: Bench
afterEach(() => bench.close())

/** A plan of this many moves from `old-1` to `new-1` and so on; some lines are as given. */
async function planOf(
  store: Store,
  lines: number,
  special: Record<number, Partial<PlannedItem>>,
): Promise<RotationKey> {
  const key = await store.write('createRotation', {
    siteUrl: site,
    target: 'https://target.example/v1',
    profile: 'webex',
    source: '{"kind":"csv"}',
    choice: message('choiceEveryone'),
    undoOf: null,
    canary: 0,
    freeze: false,
    owner: 'test',
    now: 0,
  })
  const items = Array.from({ length: lines }, (_, index): PlannedItem => {
    const number = index + 1
    const ids = { oldId: `old-${number}`, newId: `new-${number}` }
    const person = { personId: `p${number}`, email: `p${number}@example.com`, name: `P ${number}` }
    return { number, kind: 'move', ...person, ...ids, reason: null, ...special[number] }
  })
  for (let start = 0; start < lines; start += 1000) {
    await store.write('addItems', { ...key, owner: 'test', items: items.slice(start, start + 1000), now: 0 })
  }
  return key
}

it.each(engines)('%s: finds conflicts, however far apart in the plan', async engine => {
  bench = await openBench(engine)
  const key = await planOf(bench.store, 5000, {
    1: { newId: 'Same' },
    4500: { newId: 'same' },
    4700: { kind: 'left', oldId: 'kept', newId: null, reason: 'pinned' },
    // Each of these keeps its own ID because the one before it does.
    2: { newId: 'KEPT' },
    4800: { newId: 'old-2' },
    3: { newId: 'old-4800' },
    4900: { newId: 'old-3' },
    // These can have the requested IDs.
    4: { newId: 'old-4999' },
    4999: { newId: 'old-4' },
  })
  await leaveOutClashes(bench.store, key)
  const left = (await itemsOf(bench.store, key)).filter(({ kind }) => kind === 'left')
  expect(left.map(({ number }) => number)).toEqual([1, 2, 3, 4500, 4700, 4800, 4900])
  expect(await countRotation(bench.store.db, key)).toMatchObject({
    rooms: { pending: 4993, left: 7 },
    left: [{ count: 4 }, { count: 2 }, { reason: 'pinned', count: 1 }],
  })
})

it('yields to other work while it goes through a large plan', async () => {
  bench = await openBench()
  const { db } = bench.store
  const key = await planOf(bench.store, 21_000, { 20999: { kind: 'left', newId: null, reason: 'pinned' } })

  expect(await yieldsDuring(async () => planHash(await getRotation(db, key), eachItem(db, key)))).toBeGreaterThan(40)
  expect(await yieldsDuring(() => countRotation(db, key))).toBeGreaterThanOrEqual(2)
  const looking = yieldsDuring(async () => {
    expect(await listItems(db, key, { state: 'left', after: 0, limit: 100 })).toMatchObject([{ number: 20_999 }])
  })
  expect(await looking).toBeGreaterThanOrEqual(2)
})

/** How often other work could run in the meantime. */
async function yieldsDuring(work: () => Promise<unknown>): Promise<number> {
  let yields = 0
  let over = false
  const others = () => {
    if (over) return
    yields += 1
    setImmediate(others)
  }
  setImmediate(others)
  await work().finally(() => {
    over = true
  })
  return yields
}
