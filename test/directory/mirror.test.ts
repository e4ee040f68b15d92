/** A mirror is true whatever happens at the site while it is read, and whenever its process dies. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SyncEnd, type SyncOptions, syncSite } from '#roomkey/directory/sync/sync-site.js'
import { freshnessOf } from '#roomkey/store/mirror/next-rooms.js'
import { getSync } from '#roomkey/store/mirror/sync-state.js'
import { openStore } from '#roomkey/store/open-store.js'
import { peopleWithRooms } from '#roomkey/store/people/people-with-rooms.js'
import type { Store } from '#roomkey/store/store.js'
import { checkDatabase } from '#roomkey/store/upkeep/check.js'
import { TargetError } from '#roomkey/webex/calls/target-error.js'
import { emptyDatabase, engines, type TestDatabase } from '../support/engines.ts'
import { CallClock, callMs, SimulatedSite, siteUrl } from './simulated-site.ts'

const settleMs = 2_000
/** A reading that shows an unknown ID makes sure whose it is. */
const callsPerReading = 3
const once: SyncOptions = { once: true, acceptShrink: true, patient: false }

for (const engine of engines) {
  describe(`${engine}: a mirror`, () => {
    let database: TestDatabase
    let store: Store
    let sites = 0

    beforeAll(async () => {
      database = await emptyDatabase(engine)
      store = await openStore(database.url)
    })
    afterAll(async () => {
      await store.close()
      await database.remove()
    })

    const mirror = async () => {
      sites += 1
      const made = await store.write('mirrorSite', {
        url: `s${sites}.example`,
        target: 'https://webexapis.com/v1',
        profile: 'webex',
        rule: { method: 'random', prefix: 'pr', length: 12 },
        tokenId: 'test',
        trackingId: 'test',
        now: 0,
      })
      if ('refused' in made) throw new Error(made.refused)
      return made.siteId
    }

    const sync = (
      siteId: number,
      site: SimulatedSite,
      options = once,
      reader = store,
      owner = 'a',
      readers = 2,
    ): Promise<SyncEnd> =>
      syncSite(
        { siteId, siteUrl, settleMs, listedRoomsFresh: site.listsRooms },
        {
          store: reader,
          client: site.client,
          readRoom: site.readRoom,
          bitsOf: (_, id) => id.length,
          clock: site.clock,
          owner,
          trackingId: 'test',
          readers,
          signal: new AbortController().signal,
        },
        options,
      )

    it('shows nothing that was not so when it was read, and comes to show everything', {
      timeout: 120_000,
    }, async () => {
      const what = fc.constantFrom(
        'change',
        'change',
        'swap',
        'leave',
        'return',
        'withdraw',
        'rename',
        'move',
        'handOver',
      )
      const events = fc.array(
        fc.record({ what, nth: fc.nat(9), id: fc.constantFrom('a', 'B', 'c', 'd', 'e', 'b'), calls: fc.nat(3) }),
        { maxLength: 40 },
      )
      const deaths = fc.array(fc.record({ writes: fc.integer({ min: 1, max: 12 }), after: fc.boolean() }), {
        maxLength: 3,
      })
      await fc.assert(
        fc.asyncProperty(
          events,
          deaths,
          fc.boolean(),
          fc.constantFrom(1, 2),
          async (events, deaths, listsRooms, readers) => {
            const siteId = await mirror()
            const site = new SimulatedSite(new CallClock(), listsRooms)
            for (const name of ['ann', 'ben', 'cyd', 'dee', 'eve']) site.join(`${name}@example.com`, name)
            site.join('fay@example.com', null)
            const todo = [...events]
            let quiet = 0
            site.meanwhile = () => {
              quiet += 1
              while (todo[0] !== undefined && quiet > todo[0].calls) {
                const { what, nth, id } = todo.shift()!
                site.happen(what, nth, id)
                quiet = 0
              }
            }
            for (const [index, death] of deaths.entries()) {
              await sync(siteId, site, once, dying(store, death), `dead-${index}`, readers).catch(error => {
                if (error !== died) throw error
              })
              await expectTruth(siteId, site, readers)
            }
            do await sync(siteId, site, once, store, 'a', readers)
            while (todo.length > 0)
            await expectTruth(siteId, site, readers)

            // Once nothing happens any more, a reading after the time that a change takes to show finds everything.
            site.clock.time += settleMs
            for (let pass = 0; pass < 2; pass += 1) {
              await sync(siteId, site)
              site.clock.time += settleMs
            }
            expect(await shown(siteId)).toEqual(
              site.accounts
                .filter(({ role }) => role === 'host' || role === 'attendee')
                .map(({ email, roomId }) => ({ email, id: roomId }))
                .sort((a, b) => (a.email < b.email ? -1 : 1)),
            )
          },
        ),
        { numRuns: engine === 'sqlite' ? 80 : 20 },
      )
      for await (const finding of checkDatabase(store)) expect(finding).toMatchObject({ broken: 0 })
    })

    /** The mirror shows no room as read that was not so then, and no ID twice. */
    async function expectTruth(siteId: number, site: SimulatedSite, readers: number): Promise<void> {
      const people = await rows(siteId)
      const ids = people.flatMap(({ id }) => (id === null ? [] : [id.toLowerCase()]))
      expect(new Set(ids).size).toBe(ids.length)
      for (const { personId, seenAt, id } of people) {
        if (seenAt !== null && id !== null)
          expect(site.idsBetween(personId, seenAt, seenAt + readers * callsPerReading * callMs)).toContain(id)
      }
    }

    async function rows(siteId: number) {
      return peopleWithRooms(store.db)
        .select(['p.person_id as personId', 'p.email', 'p.seen_at as seenAt', 'p.email_key as key', 'c.id'])
        .where('p.site_id', '=', siteId)
        .execute()
    }

    async function shown(siteId: number): Promise<{ email: string; id: string | null }[]> {
      const people = (await rows(siteId)).filter(({ key }) => key !== null)
      return people.map(({ email, id }) => ({ email, id })).sort((a, b) => (a.email < b.email ? -1 : 1))
    }

    it('is not read twice after its process died, but for one page', async () => {
      const siteId = await mirror()
      const site = new SimulatedSite(new CallClock(), false)
      for (let index = 0; index < 120; index += 1) site.join(`p${index}@example.com`, `p${index}`)
      // 40 pages of the list and three slices of rooms, and a death before every third write.
      for (let death = 0; ; death += 1) {
        await sync(siteId, site, once, dying(store, { writes: 6, after: false }), `dead-${death}`).catch(() => null)
        if ((await getSync(store.db, siteId))!.pass_ended_at !== null) break
        expect(death).toBeLessThan(60)
      }
      expect(await freshnessOf(store.db, siteId)).toMatchObject({ rooms: 120, unread: 0, failed: 0 })
      // Twenty deaths in the list lose a page each, and one among the rooms loses a slice.
      expect(site.calls - (40 + 120)).toBeLessThanOrEqual(20 + 50)
    })

    it('does not believe a list that has lost many, without a person', async () => {
      const siteId = await mirror()
      const site = new SimulatedSite(new CallClock(), true)
      for (let index = 0; index < 40; index += 1) site.join(`p${index}@example.com`, `p${index}`)
      await sync(siteId, site)
      const doubting = { ...once, acceptShrink: false }
      for (let nth = 0; nth < 2; nth += 1) site.happen('leave', nth, '')
      expect(await sync(siteId, site, doubting)).toEqual({ end: 'read' })
      expect(await shown(siteId)).toHaveLength(38)
      for (let nth = 2; nth < 6; nth += 1) site.happen(nth < 4 ? 'leave' : 'withdraw', nth, '')
      expect(await sync(siteId, site, doubting)).toEqual({ end: 'shrunk', missing: 4, known: 38 })
      expect(await shown(siteId)).toHaveLength(38)
      expect(await sync(siteId, site)).toEqual({ end: 'read' })
      expect((await shown(siteId)).filter(({ id }) => id !== null)).toHaveLength(34)
    })

    it('has a row with a reason for a room that cannot be read, and ends where none can', async () => {
      const siteId = await mirror()
      const site = new SimulatedSite(new CallClock(), false)
      for (let index = 0; index < 30; index += 1) site.join(`p${index}@example.com`, `p${index}`)
      const broken = new TargetError('denied', 'not this one', { status: 403 })
      const { readRoom } = site.client
      site.client.readRoom = async (url, email) => {
        if (email === 'p3@example.com') throw broken
        return readRoom(url, email)
      }
      expect(await sync(siteId, site)).toEqual({ end: 'read' })
      expect(await freshnessOf(store.db, siteId)).toMatchObject({ rooms: 30, unread: 0, failed: 1 })
      for (const error of [broken, new TargetError('down', 'nobody there')]) {
        site.client.readRoom = async () => Promise.reject(error)
        await expect(sync(siteId, site)).rejects.toBe(error)
      }
      expect(await freshnessOf(store.db, siteId)).toMatchObject({ rooms: 30, unread: 0, failed: 1 })
    })

    it('is left to another process by who is patient, and taken over by who is not', async () => {
      const siteId = await mirror()
      const site = new SimulatedSite(new CallClock(), false)
      for (let index = 0; index < 9; index += 1) site.join(`p${index}@example.com`, `p${index}`)
      let other: Promise<SyncEnd> | undefined
      let patient: SyncEnd | undefined
      site.meanwhile = () => {
        if (site.calls !== 2) return
        other = sync(siteId, site, { ...once, patient: true }, store, 'b').then(end => {
          patient = end
          return sync(siteId, site, once, store, 'c')
        })
      }
      const first = await sync(siteId, site)
      expect(await other).toEqual({ end: 'read' })
      expect(patient).toEqual({ end: 'taken' })
      expect(first).toEqual({ end: 'taken' })
    })
  })
}

const died = new Error('The process died.')

/** The store of a process that dies at one of its writes, before or after it was carried out. */
function dying(store: Store, { writes, after }: { writes: number; after: boolean }): Store {
  let made = 0
  return {
    ...store,
    db: store.db,
    write: (async (name, args) => {
      made += 1
      if (made > writes || (made === writes && !after)) throw died
      const result = await store.write(name, args)
      if (made === writes) throw died
      return result
    }) as Store['write'],
  }
}
