import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewPerson } from '#roomkey/store/people/people.js'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'

const path = `/api/sites/${siteUrl}/rooms`

for (const engine of engines) {
  describe(`${engine}: rooms`, () => {
    let service: TestService
    let siteId: number

    beforeEach(async () => {
      service = await startService(engine)
      siteId = await service.addSite()
    })
    afterEach(() => service.close())

    /** Every e-mail that a query finds, page by page. */
    async function find(query: Record<string, string>, max = 100): Promise<string[]> {
      const found: string[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const words = new URLSearchParams({ ...query, max: String(max), ...(cursor ? { cursor } : {}) })
        const { status, body, headers } = await service.call('GET', `${path}?${words}`)
        expect(status).toBe(200)
        expect(body.items.length).toBeLessThanOrEqual(max)
        found.push(...body.items.map(({ email }: { email: string }) => email))
        cursor = body.next
        expect(headers.link === undefined).toBe(cursor === null)
      }
      return found
    }

    it('finds by name, e-mail and ID, each person once', async () => {
      await service.addPeople(siteId, [
        { email: 'ada@example.com', displayName: 'Ada Lovelace', roomId: 'countess' },
        { email: 'ben@example.com', displayName: 'Benoît Adamowicz', roomId: 'ben' },
        { email: 'cyd@example.com', displayName: 'Cyd Charisse', roomId: 'adagio' },
        { email: 'dan@example.com', displayName: 'Dan Example', firstName: 'Adalbert', roomId: 'dan' },
      ])
      expect(await find({ q: 'ada' })).toEqual([
        'ada@example.com',
        'dan@example.com',
        'ben@example.com',
        'cyd@example.com',
      ])
      expect(await find({ q: 'ada' }, 1)).toEqual(await find({ q: 'ada' }))
      expect(await find({ q: 'BENOIT' })).toEqual(['ben@example.com'])
      expect(await find({ q: 'Lovelace, Ada' })).toEqual(['ada@example.com'])
      expect(await find({ q: 'CYD@example.com' })).toEqual(['cyd@example.com'])
      expect(await find({ q: 'count' })).toEqual(['ada@example.com'])
      expect(await find({ q: '…' })).toEqual([])
      expect(await find({ q: 'nobody' })).toEqual([])

      await service.refresh([{ email: 'ada@example.com', personalMeetingRoomId: 'mathematician' }])
      expect(await find({ q: 'count' })).toEqual([])
      expect(await find({ q: 'mathe' })).toEqual(['ada@example.com'])
    })

    it('filters, and pages through thousands without losing or repeating anybody', async () => {
      const people: Partial<NewPerson>[] = Array.from({ length: 5000 }, (_, n) => ({
        email: `p${n}@example.com`,
        displayName: `Same Person ${n % 7}`,
        host: n % 10 !== 0,
        suspended: n === 4321,
        pinned: n % 1000 === 1,
        department: n % 500 === 2 ? 'Archive' : null,
      }))
      await service.addPeople(siteId, people)
      const expected = (keep: (person: Partial<NewPerson>) => unknown) => people.filter(keep).map(({ email }) => email!)

      expect(await find({}, 777)).toEqual(people.map(({ email }) => email))
      expect(await find({ pinned: 'true' })).toEqual(expected(person => person.pinned))
      expect(await find({ suspended: 'true' })).toEqual(['p4321@example.com'])
      expect(await find({ host: 'false' })).toEqual(expected(person => !person.host))
      expect(await find({ department: 'Archive', host: 'true' })).toEqual(
        expected(person => person.department === 'Archive' && person.host),
      )
      expect((await find({ q: 'same', pinned: 'true' })).sort()).toEqual(expected(person => person.pinned).sort())
      expect(new Set(await find({ q: 'person same' }, 333)).size).toBe(5000)
      expect(await find({ olderThanDays: '1' })).toEqual([])
      expect((await find({ olderThanDays: '0' })).length).toBe(4500)
    })

    it('finds exactly the expected people, whatever the names', async () => {
      const name = fc.string({ unit: fc.constantFrom(..."aAbéß -.'田"), minLength: 1, maxLength: 8 })
      const names = fc.sample(name, { numRuns: 120, seed: 7 })
      const fold = (text: string) =>
        text
          .normalize('NFKD')
          .replace(/\p{M}/gu, '')
          .toLowerCase()
          .split(/[^\p{L}\p{N}]+/u)
          .filter(Boolean)
      const people = names.map((displayName, n) => ({
        email: `x${n}@example.com`,
        displayName,
        firstName: '-',
        lastName: '-',
        roomId: `room-${n}`,
      }))
      await service.addPeople(siteId, people)
      await fc.assert(
        fc.asyncProperty(fc.constantFrom('a', 'b', 'ab', 'é', '田', 'b a', 'a b a', 'ß'), async q => {
          const terms = fold(q)
          const expected = people
            .filter(({ displayName }) => terms.every(term => fold(displayName).some(word => word.startsWith(term))))
            .map(({ email }) => email)
          expect((await find({ q }, 9)).sort()).toEqual(expected.sort())
        }),
        { numRuns: 16 },
      )
    })

    it('suspends and pins, and records it in the audit log', async () => {
      await service.addPeople(siteId, [{ email: 'ada@example.com' }])
      const marked = await service.call('PATCH', `${path}/person-ada`, { suspended: true, pinned: true })
      expect(marked.body).toMatchObject({ suspended: true, pinned: true, personalMeetingRoomId: 'ada' })
      await service.call('PATCH', `${path}/person-ada`, { pinned: false })
      expect((await service.call('GET', `${path}/person-ada`)).body).toEqual({ ...marked.body, pinned: false })
      const acts = await service.call('GET', `/api/audit-events?siteUrl=${siteUrl}&max=1`)
      expect(acts.body.items).toMatchObject([
        { action: 'room.marked', subject: 'ada@example.com', detail: { pinned: false } },
      ])
      expect(acts.headers.link).toContain('rel="next"')
      expect((await service.call('PATCH', `${path}/nobody`, { pinned: true })).status).toBe(404)
      expect((await service.call('PATCH', `${path}/person-ada`, {})).status).toBe(400)
    })
  })
}
