import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Choice } from '#roomkey/rotations/planning/choose.js'
import { profiles } from '#roomkey/rotations/target/profile.js'
import { type Bench, itemsOf, openBench, people, plan, run, wire } from './rotation-fixture.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

/** Some people take the ID of another of them (swaps, cycles), some a free one (chains); the rest are left alone. */
const plans = fc
  .tuple(fc.shuffledSubarray([...Array(300).keys()], { minLength: 2, maxLength: 300 }), fc.nat(40))
  .chain(([chosen, free]) => {
    const wanted = [...chosen.map(index => `person${index}`), ...Array.from({ length: free }, (_, n) => `free${n}`)]
    return fc.shuffledSubarray(wanted, { minLength: chosen.length, maxLength: chosen.length }).map(ids => ({
      file: 'ids.csv',
      who: 'listed' as const,
      lines: new Map(),
      people: new Map<string, string>(chosen.map((person, index) => [`person${person}@example.com`, ids[index]!])),
    }))
  })
  // A plan that changes nobody's ID is refused.
  .filter(({ people: given }) => [...given].some(([email, id]) => email !== `${id}@example.com`))

it('gives every ID to the person it was planned for, on a target that forbids swaps', async () => {
  await fc.assert(
    fc.asyncProperty(plans, async choice => {
      const wired = wire(bench, people(300), { forbidsSwaps: true })
      const { key, waves } = await plan(bench, wired, { choice, source: { kind: 'csv' } })
      expect(await run(bench, wired, key)).toEqual({ end: 'finished', refused: 0 })
      expect(waves).toBeLessThanOrEqual(12)
      for (const item of await itemsOf(bench.store, key)) {
        if (item.kind === 'move') expect(wired.target.rooms.get(item.email)).toBe(choice.people.get(item.email))
        if (item.kind === 'left') expect(wired.target.changes.has(item.email)).toBe(false)
      }
      expect(new Set(wired.target.rooms.values()).size).toBe(300)
    }),
    { numRuns: 40 },
  )
}, 120_000)

it('sends a swap in one batch to a target that judges a batch by its final state', async () => {
  const wired = wire(bench, people(300), { namesOffenders: true })
  const swapped = new Map(
    [...people(250).keys()].map(
      (email, index) => [email, String(`person${index % 2 ? index - 1 : index + 1}`)] as const,
    ),
  )
  const choice: Choice = { who: 'listed', file: 'ids.csv', people: swapped, lines: new Map() }
  const { key, temporaries } = await plan(bench, wired, { choice, source: { kind: 'csv' }, profile: profiles.roomkey })
  expect(temporaries).toBe(0)
  expect(await run(bench, wired, key)).toEqual({ end: 'finished', refused: 0 })
  for (const [email, id] of swapped) expect(wired.target.rooms.get(email)).toBe(id)
  expect(wired.target.refreshes).toHaveLength(3)
})
