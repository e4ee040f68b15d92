/** A room that no longer has the ID of the snapshot when its turn comes is held, and left alone by the undo. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkRotation } from '#roomkey/rotations/afterwards/check.js'
import { planUndo } from '#roomkey/rotations/afterwards/undo.js'
import { profiles } from '#roomkey/rotations/target/profile.js'
import type { RotationKey } from '#roomkey/store/rotations/journal.js'
import { secureRandomText } from '#roomkey/store/secure-random.js'
import { engines } from '../support/engines.ts'
import { type Bench, itemsOf, openBench, people, plan, run, wire } from './rotation-fixture.ts'

const hour = 60 * 60_000

for (const engine of engines) {
  describe(`${engine}: a room that was changed by its host before its turn`, () => {
    let bench: Bench
    beforeEach(async () => {
      bench = await openBench(engine)
    })
    afterEach(() => bench.close())

    const wait = (ms: number) => bench.clock.run(bench.clock.sleep(ms))
    const undo = async (wired: ReturnType<typeof wire>, key: RotationKey) => {
      const { store, clock } = bench
      const deps = { store, client: wired.client, randomText: secureRandomText, now: () => clock.now() }
      const planned = await clock.run(planUndo(key, deps))
      return run(bench, wired, planned.key)
    }
    const states = async (key: RotationKey) =>
      Object.fromEntries((await itemsOf(bench.store, key)).map(({ email, state }) => [email, state]))

    it('is held with its reason, and neither the run nor the undo touches it', async () => {
      const rooms = people(120)
      const wired = wire(bench, rooms)
      const { key } = await plan(bench, wired)
      await wait(2 * hour)
      wired.target.choose('person7@example.com', 'chosen-by-host')
      wired.target.choose('person110@example.com', 'another-choice')
      const before = new Map(rooms)

      expect(await run(bench, wired, key)).toEqual({ end: 'finished', refused: 0, held: 2 })
      expect(rooms.get('person7@example.com')).toBe('chosen-by-host')
      const held = (await itemsOf(bench.store, key)).filter(({ state }) => state === 'held')
      expect(held.map(({ email, settled_id }) => [email, settled_id])).toEqual([
        ['person7@example.com', 'chosen-by-host'],
        ['person110@example.com', 'another-choice'],
      ])
      expect(JSON.stringify(held.map(({ reason }) => reason))).toContain('heldChanged')
      expect(await checkRotation(bench.store.db, key)).toEqual([])

      await wait(hour)
      await undo(wired, key)
      expect(rooms).toEqual(before)
    })

    it('is changed with --overwrite-changed, and the undo gives back what its host had chosen', async () => {
      const rooms = people(30)
      const wired = wire(bench, rooms)
      const { key } = await plan(bench, wired, { overwriteChanged: true })
      await wait(2 * hour)
      wired.target.choose('person7@example.com', 'chosen-by-host')
      const before = new Map(rooms)
      expect(await run(bench, wired, key)).toEqual({ end: 'finished', refused: 0 })
      expect([...rooms].filter(([email, id]) => before.get(email) === id)).toEqual([])
      // The plan is what its hash says all the same, and whoever resumes it finds it so.
      expect(await checkRotation(bench.store.db, key)).toEqual([])
      await wait(hour)
      await undo(wired, key)
      expect(rooms).toEqual(before)
    })

    it('costs no call where the rooms were read lately, and one each where they were not', async () => {
      const wired = wire(bench, people(150))
      const { key } = await plan(bench, wired)
      const atPlan = wired.target.calls
      await run(bench, wired, key)
      expect(wired.target.calls - atPlan).toBe(2)

      const later = await plan(bench, wired)
      await wait(2 * hour)
      const before = wired.target.calls
      await run(bench, wired, later.key)
      expect(wired.target.calls - before).toBe(2 + 150)
      expect(wired.target.calls - before).toBeLessThanOrEqual(later.maxCalls)
    })

    it.each(['looked', 'intended', 'answered', 'settled'] as const)(
      'stays held when the process is killed at %s, and the rest is looked at and sent once',
      async boundary => {
        const rooms = people(30)
        const wired = wire(bench, rooms)
        const { key } = await plan(bench, wired, { freshMs: 0 })
        wired.target.choose('person3@example.com', 'chosen-by-host')
        const dying = run(bench, wired, key, {
          at: now => {
            if (now === boundary) throw new Error('killed')
          },
        })
        await expect(dying).rejects.toThrow('killed')
        if (boundary === 'looked') wired.target.choose('person29@example.com', 'later-choice')
        await wait(60_000)
        const end = await run(bench, wired, key, { owner: 'test:2' })
        expect(end).toMatchObject({ end: 'finished', refused: 0 })
        expect((await states(key))['person3@example.com']).toBe('held')
        expect(rooms.get('person3@example.com')).toBe('chosen-by-host')
        if (boundary === 'looked') expect((await states(key))['person29@example.com']).toBe('held')
        for (const [email, changes] of wired.target.changes) expect([email, changes]).toEqual([email, 1])
        expect(await checkRotation(bench.store.db, key)).toEqual([])
      },
    )

    it('frees its old ID for others, because it was seen with another', async () => {
      const rooms = people(3)
      const wired = wire(bench, rooms, { forbidsSwaps: true })
      const ids = new Map([
        ['person0@example.com', 'person1'],
        ['person1@example.com', 'somewhere-else'],
      ])
      const choice = { who: 'listed' as const, file: 'swap.csv', people: ids, lines: new Map() }
      const { key } = await plan(bench, wired, { choice, source: { kind: 'csv' }, freshMs: 0 })
      wired.target.choose('person1@example.com', 'chosen-by-host')
      expect(await run(bench, wired, key)).toMatchObject({ end: 'finished', refused: 0, held: 1 })
      expect(rooms.get('person0@example.com')).toBe('person1')
      expect(rooms.get('person1@example.com')).toBe('chosen-by-host')
    })

    it('holds the rooms of a cycle that was opened by a step in between', async () => {
      const rooms = people(2)
      const wired = wire(bench, rooms, { forbidsSwaps: true })
      const ids = new Map([
        ['person0@example.com', 'person1'],
        ['person1@example.com', 'person0'],
      ])
      const choice = { who: 'listed' as const, file: 'swap.csv', people: ids, lines: new Map() }
      const { key, temporaries } = await plan(bench, wired, { choice, source: { kind: 'csv' }, freshMs: 0 })
      expect(temporaries).toBe(1)
      const [stepped] = (await itemsOf(bench.store, key)).filter(({ kind }) => kind === 'temporary')
      wired.target.choose(stepped!.email, 'chosen-by-host')
      await run(bench, wired, key)
      expect(rooms.get(stepped!.email)).toBe('chosen-by-host')
      expect(wired.target.changes.get(stepped!.email) ?? 0).toBe(0)
      expect((await itemsOf(bench.store, key)).filter(({ state }) => state === 'held')).toHaveLength(2)
    })

    it('is held on a Roomkey service, too', async () => {
      const rooms = people(20)
      const wired = wire(bench, rooms)
      const { key } = await plan(bench, wired, { profile: profiles.roomkey, freshMs: 0 })
      wired.target.choose('person3@example.com', 'chosen-by-host')
      expect(await run(bench, wired, key)).toMatchObject({ end: 'finished', held: 1 })
      expect(rooms.get('person3@example.com')).toBe('chosen-by-host')
    })
  })
}
