/** A rotation of a mirrored site rests on what the mirror has read, and the mirror knows at once what it gave. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyRooms } from '#roomkey/rotations/afterwards/verify.js'
import { lookThroughMirror, mirrorReadings, savingClient } from '#roomkey/rotations/mirroring/mirror-readings.js'
import { mirroredTarget } from '#roomkey/rotations/mirroring/mirrored-target.js'
import { readMirror } from '#roomkey/rotations/mirroring/read-mirror.js'
import { currentIds } from '#roomkey/store/rooms/current-ids.js'
import { findSite } from '#roomkey/store/sites/sites.js'
import { checkDatabase } from '#roomkey/store/upkeep/check.js'
import { engines } from '../support/engines.ts'
import { type Bench, itemsOf, openBench, people, plan, run, wire } from './rotation-fixture.ts'
import { site } from './target-double.ts'

const hour = 60 * 60_000
const half = 30 * 60_000

for (const engine of engines) {
  describe(`${engine}: a rotation of a mirrored site`, () => {
    let bench: Bench
    beforeEach(async () => {
      bench = await openBench(engine)
      await bench.store.write('mirrorSite', {
        url: site,
        target: 'https://target.example/v1',
        profile: 'webex',
        rule: { method: 'random', prefix: 'pr', length: 12 },
        tokenId: 'test',
        trackingId: 'test',
        now: bench.clock.now(),
      })
    })
    afterEach(() => bench.close())

    const read = ({ client }: ReturnType<typeof wire>) => {
      const about = { siteId: 1, siteUrl: site, profile: 'webex' as const, trackingId: 'test' }
      const options = { once: true, acceptShrink: false, patient: false }
      const signal = new AbortController().signal
      return bench.clock.run(readMirror(bench.store, client, { ...about, options, signal, clock: bench.clock }))
    }
    const shown = async (rooms: Map<string, string>) => {
      const ids = await currentIds(bench.store.db, site, [...rooms.keys()], [])
      return Object.fromEntries([...rooms.keys()].map(email => [email, ids.get(email)]))
    }
    const wait = (ms: number) => bench.clock.run(bench.clock.sleep(ms))

    it('reads nothing again that is fresh, and the mirror has the new IDs before the target shows them', async () => {
      const rooms = people(120)
      // Readings show what was there half an hour before.
      const wired = wire(bench, rooms, { staleMs: half })
      await read(wired)
      const mirrored = {
        ...wired,
        client: mirroredTarget({
          store: bench.store,
          client: wired.client,
          site: (await findSite(bench.store.db, site))!,
          freshMs: hour,
          now: () => bench.clock.now(),
        }),
      }
      const before = wired.target.calls
      const planned = await plan(bench, mirrored)
      expect(wired.target.calls).toBe(before)
      expect(planned.moves).toBe(120)
      expect(planned.warnings).toContainEqual({
        code: 'planFromMirror',
        params: { count: 120, age: expect.objectContaining({ code: expect.stringMatching(/^age/) }) },
      })

      expect(await run(bench, wired, planned.key)).toMatchObject({ end: 'finished', refused: 0 })
      expect(await shown(rooms)).toEqual(Object.fromEntries(rooms))
      // What is read now is of before the rotation.
      await read(wired)
      expect(await shown(rooms)).toEqual(Object.fromEntries(rooms))
      await wait(half + 2 * 60_000)
      await read(wired)
      expect(await shown(rooms)).toEqual(Object.fromEntries(rooms))
      const origins = await bench.store.db.selectFrom('claim').select(['number', 'origin']).execute()
      expect(origins.filter(({ number }) => number === 2).every(({ origin }) => origin === null)).toBe(true)
      expect(origins).toHaveLength(240)
      for await (const finding of checkDatabase(bench.store)) expect(finding).toMatchObject({ broken: 0 })
    })

    it('reads again what is older', async () => {
      const wired = wire(bench, people(20))
      await read(wired)
      await wait(2 * hour)
      const client = mirroredTarget({
        store: bench.store,
        client: wired.client,
        site: (await findSite(bench.store.db, site))!,
        freshMs: hour,
        now: () => bench.clock.now(),
      })
      const before = wired.target.calls
      await plan(bench, { ...wired, client })
      expect(wired.target.calls - before).toBe(1 + 20)
    })

    it('takes no ID that only the list of people shows for one that was read', async () => {
      const wired = wire(bench, people(20), {
        lists: email => `listed-${email.split('@')[0]}`,
        onRead(email) {
          if (email.startsWith('person3@')) throw new Error('cannot be read')
        },
      })
      await read(wired)
      const client = mirroredTarget({
        store: bench.store,
        client: wired.client,
        site: (await findSite(bench.store.db, site))!,
        freshMs: hour,
        now: () => bench.clock.now(),
      })
      const listed: Record<string, string | undefined> = {}
      for await (const { people } of client.peoplePages(null))
        for (const { email, listedRooms } of people) listed[email] = listedRooms.get(site)
      expect(Object.keys(listed)).toHaveLength(20)
      expect(listed['person3@example.com']).toBeUndefined()
      expect(listed['person4@example.com']).not.toMatch(/^listed-/)
    })

    const mirror = async () => {
      const mirrored = (await findSite(bench.store.db, site))!
      return mirrorReadings(bench.store, mirrored, { trackingId: 'test', now: () => bench.clock.now() })
    }
    const times = () => ({ siteUrl: site, now: () => bench.clock.now() })

    it('saves what a plan reads, and a second plan reads nothing', async () => {
      const rooms = people(20)
      const wired = wire(bench, rooms)
      await read(wired)
      await wait(2 * hour)
      wired.target.choose('person3@example.com', 'chosen-by-host')
      const saving = savingClient(wired.client, await mirror(), times())
      const client = async () =>
        mirroredTarget({
          store: bench.store,
          client: saving,
          site: (await findSite(bench.store.db, site))!,
          freshMs: hour,
          now: () => bench.clock.now(),
        })
      const before = wired.target.calls
      const { key } = await plan(bench, { ...wired, client: await client() })
      // The list, each room, and whose it is for the one that shows another ID.
      expect(wired.target.calls - before).toBe(1 + 20 + 1)
      expect(await shown(rooms)).toEqual(Object.fromEntries(rooms))
      expect((await itemsOf(bench.store, key)).find(({ email }) => email.startsWith('person3@'))).toMatchObject({
        old_id: 'chosen-by-host',
      })
      const claims = await bench.store.db.selectFrom('claim').select(['id', 'origin']).where('number', '=', 2).execute()
      expect(claims).toEqual([{ id: 'chosen-by-host', origin: 'observed' }])

      await bench.store.write('dropRotation', key)
      await read(wired)
      const again = wired.target.calls
      await plan(bench, { ...wired, client: await client() })
      expect(wired.target.calls - again).toBe(0)
    })

    it('looks at rooms that the mirror has read lately without a call, and holds those that it saw changed', async () => {
      const rooms = people(20)
      const wired = wire(bench, rooms)
      await read(wired)
      const { key } = await plan(bench, wired)
      await wait(2 * hour)
      wired.target.choose('person3@example.com', 'chosen-by-host')
      await read(wired)
      wired.target.choose('person4@example.com', 'chosen-later')
      const before = wired.target.calls
      const readRoom = lookThroughMirror(wired.client, await mirror(), { ...times(), freshMs: hour })
      expect(await run(bench, wired, key, { readRoom })).toMatchObject({ end: 'finished', held: 1 })
      expect(wired.target.calls - before).toBe(1)
      expect(rooms.get('person3@example.com')).toBe('chosen-by-host')
    })

    it('reads what the mirror has not read lately, and saves it; a late reading is not believed', async () => {
      const rooms = people(20)
      const wired = wire(bench, rooms, { staleMs: half })
      await read(wired)
      const first = await plan(bench, wired)
      await run(bench, wired, first.key)
      // Readings show what was there before the first rotation; the mirror knows what is there now.
      const client = savingClient(wired.client, await mirror(), times())
      const { key } = await plan(bench, { ...wired, client })
      expect((await itemsOf(bench.store, key)).map(({ old_id }) => old_id)).toEqual([...rooms.values()])
      const readRoom = lookThroughMirror(wired.client, await mirror(), { ...times(), freshMs: 0 })
      expect(await run(bench, wired, key, { readRoom })).toEqual({ end: 'finished', refused: 0 })
    })

    it('is verified by readings of its mirror', async () => {
      const rooms = people(20)
      const wired = wire(bench, rooms)
      await read(wired)
      const { key } = await plan(bench, wired)
      await run(bench, wired, key)
      await wait(2 * hour)
      wired.target.choose('person3@example.com', 'chosen-by-host')
      const readings = await mirror()
      const { store, clock } = bench
      const verified = await clock.run(
        verifyRooms(key, {
          store,
          client: wired.client,
          now: () => clock.now(),
          onReading: ({ personId }, reading, at) => readings.save(personId, reading, at),
        }),
      )
      expect(verified.changed).toBe(19)
      expect(await shown(rooms)).toEqual(Object.fromEntries(rooms))
      const times = await store.db.selectFrom('person').select('seen_at').execute()
      expect(times.every(({ seen_at }) => seen_at! > clock.now() - hour)).toBe(true)
    })
  })
}
