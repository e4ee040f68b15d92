/** A drawn ID that the target calls taken is drawn again; a given one stays refused. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkRotation } from '#roomkey/rotations/afterwards/check.js'
import { planUndo } from '#roomkey/rotations/afterwards/undo.js'
import { drawNewId } from '#roomkey/rotations/planning/new-ids.js'
import { profiles } from '#roomkey/rotations/target/profile.js'
import { eachEvent } from '#roomkey/store/rotations/rotations.js'
import { secureRandomText } from '#roomkey/store/secure-random.js'
import { engines } from '../support/engines.ts'
import { type Bench, itemsOf, openBench, people, plan, run, wire } from './rotation-fixture.ts'

/** All that `{random:1}` draws; an ID needs a letter, which the text before it has. */
const letters = [...'23456789abcdefghjkmnpqrstuvwxyz']
const narrow = { kind: 'template', template: 'room-{random:1}' } as const

for (const engine of engines) {
  for (const profile of [profiles.webex, profiles.roomkey]) {
    describe(`${engine}: a new ID that somebody outside the plan has, like ${profile.name}`, () => {
      let bench: Bench
      beforeEach(async () => {
        bench = await openBench(engine)
      })
      afterEach(() => bench.close())

      /** One host in the plan; of all IDs that may be drawn, others have all but the last `free`. */
      const world = (free: number) => {
        const rooms = people(1)
        for (const [index, letter] of letters.slice(0, letters.length - free).entries()) {
          rooms.set(`other${index}@example.com`, `room-${letter}`)
        }
        return { rooms, wired: wire(bench, rooms, { namesOffenders: profile.name === 'roomkey' }) }
      }
      const chosen = {
        who: 'listed' as const,
        file: 'one.csv',
        people: new Map([['person0@example.com', null]]),
        lines: new Map(),
      }

      it('is drawn again three times, each in the journal, and then refused', async () => {
        const { rooms, wired } = world(0)
        const wish = { choice: chosen, source: narrow, profile }
        const planned = await plan(bench, wired, wish)
        expect(await run(bench, wired, planned.key)).toEqual({ end: 'finished', refused: 1 })
        expect(rooms.get('person0@example.com')).toBe('person0')
        expect(wired.target.refreshes).toEqual([1, 1, 1, 1])
        const drawn: string[] = []
        for await (const events of eachEvent(bench.store.db, planned.key)) {
          for (const { body } of events) for (const [, id] of JSON.parse(body).drawn ?? []) drawn.push(id)
        }
        expect(drawn).toHaveLength(3)
        for (const id of drawn) expect(id).toMatch(/^room-[2-9a-z]$/)
        const [item] = (await itemsOf(bench.store, planned.key)).filter(({ kind }) => kind === 'move')
        expect(item).toMatchObject({ state: 'refused', new_id: drawn.at(-1) })
        expect(await checkRotation(bench.store.db, planned.key)).toEqual([])
      })

      it('gives way to one that is free, which the undo takes back', async () => {
        let ended = 0
        // Half of all are free: four draws miss them all once in sixteen times.
        for (let tries = 0; ended === 0 && tries < 10; tries += 1) {
          const { rooms, wired } = world(15)
          const planned = await plan(bench, wired, { choice: chosen, source: narrow, profile })
          await run(bench, wired, planned.key)
          const [item] = (await itemsOf(bench.store, planned.key)).filter(({ kind }) => kind === 'move')
          if (item!.state !== 'done' || item!.earlier_new_ids === null) continue
          ended += 1
          expect(rooms.get('person0@example.com')).toBe(item!.new_id)
          expect(await checkRotation(bench.store.db, planned.key)).toEqual([])
          const { store, clock } = bench
          const deps = { store, client: wired.client, randomText: secureRandomText, now: () => clock.now() }
          await run(bench, wired, (await clock.run(planUndo(planned.key, deps))).key)
          expect(rooms.get('person0@example.com')).toBe('person0')
        }
        expect(ended).toBe(1)
      })

      it('stays refused where it was given', async () => {
        const { rooms, wired } = world(0)
        const given = { ...chosen, people: new Map([['person0@example.com', 'room-a']]) }
        const planned = await plan(bench, wired, { choice: given, source: { kind: 'csv' }, profile })
        if (planned.moves > 0) expect(await run(bench, wired, planned.key)).toEqual({ end: 'finished', refused: 1 })
        expect(rooms.get('person0@example.com')).toBe('person0')
        expect(wired.target.refreshes.length).toBeLessThanOrEqual(1)
      })
    })
  }
}

describe('an ID that is drawn again', () => {
  it.each([
    ['{last}-{random:4}', 'smith-jones-ab23', /^smith-jones-[2-9a-z]{4}$/],
    ['{random:3}.{user}', 'abc.j.smith', /^[2-9a-z]{3}\.j\.smith$/],
    ['{words:2}_x', 'babad-dabab_x', /^[a-z]{5}-[a-z]{5}_x$/],
  ])('keeps what the template %s took from the person', (template, drawn, shape) => {
    const again = drawNewId({ kind: 'template', template }, drawn, secureRandomText)
    expect(again).toMatch(shape)
    expect(again).not.toBe(drawn)
  })

  it('is none where nothing is drawn', () => {
    expect(drawNewId({ kind: 'template', template: '{user}-room' }, 'j-room', secureRandomText)).toBeNull()
    expect(drawNewId({ kind: 'csv' }, 'abc', secureRandomText)).toBeNull()
  })
})
