import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'

for (const engine of engines) {
  describe(`${engine}: sites`, () => {
    let service: TestService

    beforeEach(async () => {
      service = await startService(engine)
    })
    afterEach(() => service.close())

    it('adds a site, changes its rules, and records both in the audit log', async () => {
      const added = await service.call('POST', '/api/sites', { siteUrl: 'Example.webex.com', quarantineDays: 7 })
      expect(added.status).toBe(201)
      expect(added.body).toMatchObject({
        siteUrl: 'Example.webex.com',
        generationMethod: 'random',
        prefix: 'pr',
        length: 12,
        quarantineDays: 7,
        allowCustomUrl: true,
        minimumStrength: 0,
        movedPage: false,
        needsApproval: false,
        lockedUntil: null,
      })
      expect((await service.call('POST', '/api/sites', { siteUrl })).status).toBe(409)

      const changed = await service.call('PATCH', `/api/sites/${siteUrl}`, {
        generationMethod: 'emailPrefix',
        minimumStrength: 40,
        movedPage: true,
      })
      expect(changed.body).toEqual({
        ...added.body,
        generationMethod: 'emailPrefix',
        minimumStrength: 40,
        movedPage: true,
      })
      expect((await service.call('GET', '/api/sites')).body.items).toEqual([changed.body])

      const acts = await service.call('GET', `/api/audit-events?siteUrl=${siteUrl}`)
      expect(acts.body.items).toMatchObject([
        {
          action: 'site.changed',
          subject: 'Example.webex.com',
          tokenName: 'test',
          trackingId: changed.headers.trackingid,
          detail: { generationMethod: 'emailPrefix', minimumStrength: 40, movedPage: true },
        },
        { action: 'site.created', trackingId: added.headers.trackingid },
      ])
    })

    it('makes IDs by the new rule from then on, and changes no existing ID', async () => {
      const siteId = await service.addSite()
      await service.addPeople(siteId, [{ email: 'ada@example.com', roomId: 'chosen' }, { email: 'ben@example.com' }])
      await service.call('PATCH', `/api/sites/${siteUrl}`, { generationMethod: 'random', prefix: 'zz', length: 20 })
      expect(await service.roomIds()).toEqual({ 'ada@example.com': 'chosen', 'ben@example.com': 'ben' })
      await service.refresh([{ email: 'ben@example.com', systemGenerated: true }])
      expect((await service.roomIds())['ben@example.com']).toMatch(/^zz[0-9a-z]{20}$/)
    })

    it('restricts administrators to their own sites', async () => {
      await service.addSite()
      service.token = await service.addToken({ role: 'siteAdmin', sites: ['other.webex.com'] })
      expect((await service.call('GET', '/api/sites')).body.items).toEqual([])
      expect((await service.call('PATCH', `/api/sites/${siteUrl}`, { movedPage: true })).status).toBe(403)
      expect((await service.call('POST', '/api/sites', { siteUrl: 'other.webex.com' })).status).toBe(403)
      expect((await service.call('GET', '/api/audit-events')).status).toBe(403)
      service.token = await service.addToken({ role: 'user' })
      expect((await service.call('GET', '/api/sites')).status).toBe(403)
    })

    it.each([
      { siteUrl: 'no spaces.com' },
      { siteUrl: 'nodots' },
      { siteUrl: 'a.b', length: 3 },
      { siteUrl: 'a.b', prefix: '1' },
      { siteUrl: 'a.b', generationMethod: 'magic' },
      { siteUrl: 'a.b', quarantineDay: 3 },
    ])('refuses %o', async body => {
      expect((await service.call('POST', '/api/sites', body)).status).toBe(400)
    })
  })
}
