import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'

const published =
  "The request could not be understood by the server due to malformed syntax. See 'errors' for more details."

for (const engine of engines) {
  describe(`${engine}: a mirrored site`, () => {
    let service: TestService
    let siteId: number
    const target = 'https://webexapis.com/v1'
    const readAt = Date.parse('2026-01-01T08:00:00Z')
    const reader = { owner: 'test', trackingId: 'test' }

    beforeEach(async () => {
      service = await startService(engine)
      const by = { tokenId: 'test', trackingId: 'test', now: readAt }
      const rule = { method: 'random', prefix: 'pr', length: 12 } as const
      const made = await service.store.write('mirrorSite', { ...by, url: siteUrl, target, profile: 'webex', rule })
      if ('refused' in made) throw new Error(made.refused)
      siteId = made.siteId
      await service.store.write('takeSync', { siteId, owner: 'test', now: readAt, patient: false })
      await service.store.write('beginRound', { siteId, owner: 'test', now: readAt, fromStart: false })
      await service.store.write('saveListPage', {
        ...reader,
        siteId,
        now: readAt,
        at: readAt,
        round: 1,
        people: ['ada', 'ben', 'cyd'].map(name => ({
          personId: `person-${name}`,
          email: `${name}@example.com`,
          firstName: name,
          lastName: 'Example',
          displayName: `${name} Example`,
          department: null,
          host: name !== 'cyd',
          // A draft, and never shown as a fact.
          room: { id: `${name}-listed`, bits: 10 },
          fault: null,
        })),
        elsewhere: [],
        unclear: [],
        oddEntries: 0,
        next: null,
        fresh: null,
      })
      await read(readAt, { 1: 'ada' })
    })
    afterEach(() => service.close())

    /** Reads the rooms of these people. */
    const read = (at: number, ids: Record<number, string>) =>
      service.store.write('saveReadings', {
        ...reader,
        siteId,
        now: at,
        settleMs: 0,
        readings: Object.entries(ids).map(([person, id]) => ({ person: Number(person), at, id, bits: 10 })),
      })
    const get = async (path: string) => (await service.call('GET', `/api/sites/${siteUrl}${path}`)).body

    it('shows what was read, and what was not as not read', async () => {
      const { items } = await get('/rooms')
      expect(items).toMatchObject([
        { email: 'ada@example.com', personalMeetingRoomId: 'ada', since: null, readAt: '2026-01-01T08:00:00.000Z' },
        { email: 'ben@example.com', personalMeetingRoomId: null, readAt: null, guessability: null },
        { email: 'cyd@example.com', host: false, personalMeetingRoomId: null, readAt: null },
      ])
      expect(JSON.stringify(items)).not.toContain('listed')
      expect((await service.call('GET', `/api/audit?siteUrl=${siteUrl}`)).body).toMatchObject({ rooms: 1 })
      expect(await get('')).toMatchObject({ recordHolder: 'mirrored', target })
    })

    it('has the history of what was seen, and of contradictions', async () => {
      const hour = 60 * 60_000
      await read(readAt + hour, { 2: 'ben' })
      // Ben is seen with Ada's ID: hers is unknown now.
      await read(readAt + 2 * hour, { 2: 'ada' })
      expect((await get('/rooms')).items).toMatchObject([
        { email: 'ada@example.com', personalMeetingRoomId: null, readAt: null },
        { email: 'ben@example.com', personalMeetingRoomId: 'ada', since: '2026-01-01T10:00:00.000Z' },
        {},
      ])
      const acts = (await service.call('GET', `/api/audit-events?siteUrl=${siteUrl}`)).body.items
      expect(acts[0]).toMatchObject({
        action: 'room.guessableElsewhere',
        subject: 'ben@example.com',
        detail: { personId: 'person-ben', old: 'ben', new: 'ada' },
      })
      const { holder, items } = await get('/ids/ADA')
      expect(holder).toMatchObject({ email: 'ben@example.com', origin: 'observed' })
      expect(items.map(({ email }: { email: string }) => email)).toEqual(['ben@example.com', 'ada@example.com'])
      const { holder: before } = await get(`/ids/ada?at=${new Date(readAt + hour).toISOString()}`)
      expect(before).toMatchObject({ email: 'ada@example.com', until: '2026-01-01T10:00:00.000Z' })
    })

    it('cannot be changed here, and its links lead nowhere here', async () => {
      const room = '/v1/meetingPreferences/personalMeetingRoom'
      const query = `?siteUrl=${siteUrl}&userEmail=ada@example.com`
      const options = {
        topic: 'x',
        hostPin: '4325',
        enabledAutoLock: false,
        autoLockMinutes: 10,
        enabledNotifyHost: true,
        supportCoHost: false,
        coHosts: [],
      }
      const calls = [
        [
          'POST',
          '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId',
          { siteUrl, personalMeetingRoomIds: [{ email: 'ada@example.com', personalMeetingRoomId: 'new' }] },
        ],
        ['PUT', room + query, { personalMeetingRoomLink: `https://${siteUrl}/meet/new`, ...options }],
        ['GET', room + query, undefined],
        ['POST', '/v1/people', { emails: ['dee@example.com'], displayName: 'Dee', siteUrls: [siteUrl] }],
        ['PUT', '/v1/people/person-ada', { emails: ['ada@example.com'], displayName: 'Ada' }],
        ['DELETE', '/v1/people/person-ada', undefined],
        [
          'PATCH',
          `/v1/admin/meeting/config/commonSettings?siteUrl=${siteUrl}`,
          { siteOptions: { allowCustomPersonalRoomURL: false } },
        ],
        ['PATCH', `/api/sites/${siteUrl}`, { quarantineDays: 3 }],
        ['PATCH', `/api/sites/${siteUrl}/rooms/person-ada`, { suspended: true }],
        ['PUT', `/api/sites/${siteUrl}/lock`, { minutes: 5 }],
      ] as const
      for (const [method, path, body] of calls) {
        const answer = await service.call(method, path, body)
        expect([method, path, answer.status, answer.body.errors]).toEqual([
          method,
          path,
          403,
          [{ description: expect.stringContaining(`This site is a mirror of ${target}`) }],
        ])
        expect(answer.body.message).not.toBe(published)
      }
      expect((await get('/rooms')).items[0]).toMatchObject({ personalMeetingRoomId: 'ada', suspended: false })
      expect(await service.call('PATCH', `/api/sites/${siteUrl}/rooms/person-ada`, { pinned: true })).toMatchObject({
        status: 200,
      })
      expect(
        await service.call('PATCH', `/api/sites/${siteUrl}`, { prefix: 'room', needsApproval: true }),
      ).toMatchObject({ status: 200 })

      expect((await service.app.inject({ url: '/meet/ada' })).statusCode).toBe(404)
      expect((await service.app.inject({ url: '/meet/ada', headers: { host: siteUrl } })).statusCode).toBe(404)
    })
  })
}
