import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'

const path = `/api/sites/${siteUrl}/rotations`
const random = { ids: { kind: 'random', prefix: '', bits: 60 }, canary: 1, freeze: false }

for (const engine of engines) {
  describe(`${engine}: rotations by the service`, () => {
    let service: TestService

    beforeEach(async () => {
      service = await startService(engine)
      const siteId = await service.addSite()
      await service.addPeople(siteId, [
        { email: 'ada@example.com' },
        { email: 'ben@example.com' },
        { email: 'pinned@example.com', pinned: true },
        { email: 'strong@example.com', roomId: 'x7k2m9q4w8r3t6' },
      ])
    })
    afterEach(() => service.close())

    async function untilFinished(number: number): Promise<void> {
      for (;;) {
        const { body } = await service.call('GET', `${path}/${number}`)
        if (body.state === 'finished') return
        await new Promise(done => setTimeout(done, 20))
      }
    }

    it('plans, runs, verifies and undoes, and records which rotation changed a room', async () => {
      const before = await service.roomIds()
      const planned = await service.call('POST', path, { people: { who: 'guessable' }, ...random })
      expect([planned.status, planned.body]).toEqual([201, expect.objectContaining({ number: 1, state: 'planned' })])
      expect(planned.body.counts).toMatchObject({ pending: 2, left: 2 })
      expect(await service.roomIds()).toEqual(before)

      expect((await service.call('POST', `${path}/1/start`)).status).toBe(200)
      await untilFinished(1)
      const after = await service.roomIds()
      expect(after).toMatchObject({ 'pinned@example.com': 'pinned', 'strong@example.com': 'x7k2m9q4w8r3t6' })
      expect(after['ada@example.com']).toMatch(/^[2-9a-z]{13}$/)
      const { body: changes } = await service.call('GET', `/api/sites/${siteUrl}/changes`)
      expect(changes.items[0].rotationId).toBe('1')
      const { body: verified } = await service.call('POST', `${path}/1/verify`)
      expect(verified).toMatchObject({
        changed: 2,
        notYetVisible: 0,
        unread: 0,
        wrongs: 0,
        changedSince: [],
        open: 0,
        tellableAt: null,
        state: 'finished',
      })

      const { body: lines } = await service.call('GET', `${path}/1/items?state=done`)
      expect(lines.items).toHaveLength(2)
      expect(lines.items[0]).toMatchObject({ email: 'ada@example.com', oldId: 'ada', newId: after['ada@example.com'] })
      const report = await service.call('GET', `${path}/1/files/report.csv`)
      expect(report.body).toContain('ada@example.com')
      const letters = await service.call('GET', `${path}/1/files/letters.csv`)
      expect(letters.body).toContain(after['ada@example.com'])

      expect((await service.call('POST', `${path}/1/undo`)).body).toMatchObject({ number: 2, undoOf: 1 })
      await service.call('POST', `${path}/2/start`)
      await untilFinished(2)
      expect(await service.roomIds()).toEqual(before)

      expect((await service.call('GET', `${path}/1`)).body.undone).toEqual({ by: 2, state: 'finished', rooms: 2 })
      const { body: again } = await service.call('POST', `${path}/1/verify`)
      expect(again).toMatchObject({
        changed: 0,
        notYetVisible: 0,
        wrongs: 0,
        changedSince: [{ rotation: 2, rooms: 2 }],
      })
      const { body: restored } = await service.call('GET', `${path}/1/items?state=done`)
      expect(restored.items[0]).toMatchObject({ newId: after['ada@example.com'], currentId: 'ada' })
      const { body: timeline } = await service.call('GET', `${path}/1/timeline`)
      const kinds = timeline.items.map(({ kind }: { kind: string }) => kind)
      expect(kinds).toEqual(['planned', 'started', 'pilotsSeen', 'finished', 'verified', 'undone', 'verified'])
      const { state: _, ...verification } = again
      expect(timeline.items.at(-1)).toMatchObject({ by: 'test', verification })
    })

    it('accepts a list with IDs, and refuses invalid plans', async () => {
      const list = { who: 'listed', name: 'list.csv', csv: 'email,personalMeetingRoomId\nada@example.com,lovelace\n' }
      const planned = await service.call('POST', path, { people: list, ...random, ids: { kind: 'csv' } })
      expect(planned.body.counts.pending).toBe(1)
      await service.call('POST', `${path}/1/start`)
      await untilFinished(1)
      expect((await service.roomIds())['ada@example.com']).toBe('lovelace')

      const refused: [object, RegExp][] = [
        [{ people: { who: 'everyone' }, ...random, ids: { kind: 'csv' } }, /column personalMeetingRoomId/],
        [{ people: { ...list, csv: 'email\n' }, ...random }, /names nobody/],
        [{ people: { ...list, csv: 'email\na@b\nA@b\n' }, ...random }, /already on line 2/],
        [{ people: { who: 'everyone' }, ...random, ids: { kind: 'template', template: '{x}' } }, /no field/],
      ]
      for (const [wish, sentence] of refused) {
        const answer = await service.call('POST', path, wish)
        expect([answer.status, answer.body.errors[0].description]).toEqual([400, expect.stringMatching(sentence)])
      }
      expect((await service.call('POST', `${path}/1/start`)).status).toBe(409)
      expect((await service.call('POST', `${path}/1/pause`)).status).toBe(409)
      expect((await service.call('GET', `${path}/99`)).status).toBe(404)
    })

    it('can do no more for its caller than the caller may', async () => {
      service.token = await service.addToken({ scopes: ['roomkey:admin'] })
      const answer = await service.call('POST', path, { people: { who: 'everyone' }, ...random })
      expect(answer.status).toBe(403)
      expect((await service.call('GET', path)).body.items).toEqual([])
    })
  })

  describe(`${engine}: the audit`, () => {
    it('judges every room, caches the result, and finds rooms by strength', async () => {
      const service = await startService(engine)
      const siteId = await service.addSite()
      await service.addPeople(siteId, [
        { email: 'ada@example.com' },
        { email: 'strong@example.com', roomId: 'x7k2m9q4w8r3t6' },
        { email: 'guest@example.com', host: false },
      ])
      const audit = () => service.call('GET', `/api/audit?siteUrl=${siteUrl}`)
      const first = (await audit()).body
      expect(first.rooms).toBe(2)
      expect((await audit()).body.auditedAt).toBe(first.auditedAt)
      const weak = await service.call('GET', `/api/sites/${siteUrl}/rooms?strength=weak`)
      expect(weak.body.items.map(({ email }: { email: string }) => email)).toEqual(['ada@example.com'])
      const third = await service.call('GET', `/api/sites/${siteUrl}/rooms?place=2`)
      expect([third.body.places, third.body.items[0].place, third.body.items[0].guessability]).toEqual([3, 3, null])

      await service.refresh([{ email: 'ada@example.com', systemGenerated: true }])
      const { body } = await audit()
      expect(body.classes).toEqual([{ class: 'random', rooms: 2 }])
      await service.close()
    })
  })
}
