import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RefreshRequest } from '#roomkey/store/refresh/refresh-rooms.js'
import { checkDatabase } from '#roomkey/store/upkeep/check.js'
import { engines } from '../support/engines.ts'
import { randomRule, siteUrl, startService, type TestService } from '../support/service.ts'

const day = 24 * 60 * 60 * 1000

for (const engine of engines) {
  describe(`${engine}: history`, () => {
    let service: TestService
    const start = Date.parse('2026-01-01T00:00:00Z')

    beforeEach(async () => {
      service = await startService(engine)
      const siteId = await service.addSite(randomRule, siteUrl, 30)
      await service.store.write('addPeople', {
        siteId,
        people: ['ada', 'ben', 'cyd'].map(name => ({
          personId: `person-${name}`,
          email: `${name}@example.com`,
          firstName: name,
          lastName: 'Example',
          displayName: `${name} Example`,
          username: null,
          department: null,
          host: true,
          suspended: false,
          pinned: false,
          roomId: name,
        })),
        tokenId: 'import',
        trackingId: 'import-1',
        now: start,
      })
    })
    afterEach(() => service.close())

    /** A batch on a given day, as the service would carry it out then. */
    async function onDay(days: number, ids: Record<string, string>, rotationId: string | null = null) {
      const request: RefreshRequest = {
        siteId: 1,
        by: 'email',
        items: Object.entries(ids).map(([name, id]) => ({ address: `${name}@example.com`, id })),
        tokenId: 'somebody',
        trackingId: `day-${days}`,
        now: start + days * day,
        rotationId,
        idempotency: null,
      }
      const { outcome } = await service.store.refreshRooms(request)
      expect(outcome).toBe('refreshed')
    }

    async function holderOn(days: number, id: string): Promise<string | undefined> {
      const at = new Date(start + days * day).toISOString()
      const { status, body } = await service.call('GET', `/api/sites/${siteUrl}/ids/${id}?at=${at}`)
      expect(status).toBe(200)
      return body.holder?.email.split('@')[0]
    }

    it('never goes backwards, even if the clock does', async () => {
      await onDay(10, { ada: 'ada-10', ben: 'ben-10' })
      await onDay(5, { ada: 'ada-5' })
      await onDay(4, { ada: 'ben-10', ben: 'ada-5' })
      vi.useFakeTimers({ toFake: ['Date'], now: start + 3 * day })
      const attendee = { displayName: 'Ada', siteUrls: [`${siteUrl}#attendee`] }
      expect((await service.call('PUT', '/v1/people/person-ada', attendee)).status).toBe(200)
      expect((await service.call('PUT', '/v1/people/person-ada', { ...attendee, siteUrls: [siteUrl] })).status).toBe(
        200,
      )
      expect((await service.call('DELETE', '/v1/people/person-ben')).status).toBe(204)
      vi.useRealTimers()

      for (const person of ['person-ada', 'person-ben']) {
        const { body } = await service.call('GET', `/api/sites/${siteUrl}/rooms/${person}/history`)
        for (const { from, until } of body.items) if (until !== null) expect(until >= from).toBe(true)
      }
      expect(await holderOn(9, 'ada-10')).toBeUndefined()
      for await (const finding of checkDatabase(service.store)) expect(finding).toMatchObject({ broken: 0 })
    })

    it('says who held an ID at a time: over claims, takeovers after quarantine, swaps and undo', async () => {
      await onDay(10, { ada: 'fresh' })
      await onDay(50, { ben: 'ADA' }) // free again since day 40
      await onDay(60, { ben: 'cyd', cyd: 'ada' }) // a swap
      await onDay(70, { ben: 'ADA', cyd: 'cyd' }) // undone

      expect(await holderOn(-1, 'ada')).toBeUndefined()
      expect(await holderOn(0, 'ada')).toBe('ada')
      expect(await holderOn(9.99, 'Ada')).toBe('ada')
      expect(await holderOn(10, 'ada')).toBeUndefined()
      expect(await holderOn(45, 'ada')).toBeUndefined()
      expect(await holderOn(50, 'ada')).toBe('ben')
      expect(await holderOn(65, 'ada')).toBe('cyd')
      expect(await holderOn(70, 'ada')).toBe('ben')
      expect(await holderOn(59, 'cyd')).toBe('cyd')
      expect(await holderOn(60, 'cyd')).toBe('ben')
      expect(await holderOn(75, 'cyd')).toBe('cyd')
      expect(await holderOn(55, 'ben')).toBeUndefined()
      expect(await holderOn(400, 'never')).toBeUndefined()
    })

    it('lists the history of an ID, a person and a site', async () => {
      await onDay(10, { ada: 'fresh', ben: 'newer' }, 'rotation-1')
      await onDay(50, { ben: 'ada' })

      const ofId = await service.call('GET', `/api/sites/${siteUrl}/ids/ada`)
      expect(ofId.body.holder.email).toBe('ben@example.com')
      expect(ofId.body.items).toMatchObject([
        { email: 'ben@example.com', from: '2026-02-20T00:00:00.000Z', until: null, trackingId: 'day-50' },
        { email: 'ada@example.com', from: '2026-01-01T00:00:00.000Z', until: '2026-01-11T00:00:00.000Z' },
      ])

      const ofPerson = await service.call('GET', `/api/sites/${siteUrl}/rooms/person-ben/history?max=2`)
      expect(ofPerson.body.items).toMatchObject([
        { personalMeetingRoomId: 'ada', until: null, rotationId: null },
        { personalMeetingRoomId: 'newer', until: '2026-02-20T00:00:00.000Z', rotationId: 'rotation-1' },
      ])
      const next = /<([^>]+)>/.exec(String(ofPerson.headers.link))![1]!
      expect((await service.call('GET', next)).body.items).toMatchObject([
        { personalMeetingRoomId: 'ben', tokenId: 'import', tokenName: null },
      ])

      const ofSite = await service.call('GET', `/api/sites/${siteUrl}/changes`)
      expect(ofSite.body.items).toMatchObject([
        { trackingId: 'day-50', rooms: 1 },
        { trackingId: 'day-10', rooms: 2, rotationId: 'rotation-1' },
        { trackingId: 'import-1', rooms: 3 },
      ])
      const { change } = ofSite.body.items[1]
      expect((await service.call('GET', `/api/sites/${siteUrl}/changes/${change}`)).body.items).toEqual([
        {
          personId: 'person-ada',
          email: 'ada@example.com',
          oldPersonalMeetingRoomId: 'ada',
          newPersonalMeetingRoomId: 'fresh',
        },
        {
          personId: 'person-ben',
          email: 'ben@example.com',
          oldPersonalMeetingRoomId: 'ben',
          newPersonalMeetingRoomId: 'newer',
        },
      ])
      const first = await service.call('GET', `/api/sites/${siteUrl}/changes?max=1`)
      const rest = await service.call('GET', /<([^>]+)>/.exec(String(first.headers.link))![1]!)
      expect([...first.body.items, ...rest.body.items]).toEqual(ofSite.body.items.slice(0, 2))
    })

    it('refuses an invalid time, and other sites', async () => {
      expect((await service.call('GET', `/api/sites/${siteUrl}/ids/ada?at=yesterday`)).status).toBe(400)
      expect((await service.call('GET', `/api/sites/${siteUrl}/changes/99`)).status).toBe(404)
      expect((await service.call('GET', `/api/sites/${siteUrl}/rooms/nobody/history`)).status).toBe(404)
      service.token = await service.addToken({ role: 'siteAdmin', sites: ['other.webex.com'] })
      expect((await service.call('GET', `/api/sites/${siteUrl}/ids/ada`)).status).toBe(403)
    })
  })
}
