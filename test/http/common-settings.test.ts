import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { randomRule, siteUrl, startService, type TestService } from '../support/service.ts'
import { webexCall, withoutWebexOpenApi } from '../support/webex-openapi.ts'

const path = '/v1/admin/meeting/config/commonSettings'

for (const engine of engines) {
  describe(`${engine}: common settings`, () => {
    let service: TestService

    beforeEach(async () => {
      service = await startService(engine)
      await service.addSite()
      await service.addSite(randomRule, 'other.webex.com')
    })
    afterEach(() => service.close())

    it('changes only the given settings, on the named site, and records it in the audit log', async () => {
      const before = await service.call('GET', `${path}?siteUrl=${siteUrl}`)
      expect(before.body.siteOptions).toEqual({ allowCustomPersonalRoomURL: true })

      const patch = {
        siteOptions: { allowCustomPersonalRoomURL: false },
        securityOptions: { passwordCriteria: { minLength: 12 } },
      }
      const changed = await service.call('PATCH', `${path}?siteUrl=${siteUrl}`, patch)
      await service.call('PATCH', `${path}?siteUrl=${siteUrl}`, { scheduleMeetingOptions: { emailReminders: false } })
      const after = await service.call('GET', `${path}?siteUrl=${siteUrl}`)
      expect(after.body).toEqual({ ...changed.body, scheduleMeetingOptions: { emailReminders: false } })
      expect(after.body.siteOptions.allowCustomPersonalRoomURL).toBe(false)
      expect(after.body.securityOptions.passwordCriteria.minLength).toBe(12)

      const other = await service.call('GET', `${path}?siteUrl=other.webex.com`)
      expect(other.body).toEqual(before.body)
      const acts = await service.store.db.selectFrom('audit_event').select(['site_id', 'action']).execute()
      expect(acts).toEqual([
        { site_id: 1, action: 'commonSettings.changed' },
        { site_id: 1, action: 'commonSettings.changed' },
      ])
    })

    it("defaults to the administrator's own site", async () => {
      service.token = await service.addToken({ role: 'siteAdmin', sites: ['other.webex.com'] })
      await service.call('PATCH', path, { siteOptions: { allowCustomPersonalRoomURL: false } })
      const sites = await service.store.db.selectFrom('site').select(['url', 'allow_custom_url']).execute()
      expect(sites).toEqual([
        { url: siteUrl, allow_custom_url: 1 },
        { url: 'other.webex.com', allow_custom_url: 0 },
      ])
    })

    it('refuses other sites, users, read-only settings and contradictions', async () => {
      const refused: [object, number][] = [
        [{ telephonyConfig: { VoIP: true } }, 400],
        [{ securityOptions: { audioBeforeHost: true } }, 400],
        [{ securityOptions: { passwordCriteria: { minLength: 13 } } }, 400],
        [{ securityOptions: { requireStrongPassword: false, passwordCriteria: { minLength: 9 } } }, 400],
        [{ securityOptions: { passwordCriteria: { disallowValues: ['a', 'a'] } } }, 400],
        [{ defaultSchedulerOptions: { tollFree: true } }, 400],
        [{ siteOptions: { allowCustomPersonalRoomUrl: true } }, 400],
      ]
      for (const [body, status] of refused) {
        expect([body, (await service.call('PATCH', path, body)).status]).toEqual([body, status])
      }
      service.token = await service.addToken({ role: 'siteAdmin', sites: ['other.webex.com'] })
      expect((await service.call('GET', `${path}?siteUrl=${siteUrl}`)).status).toBe(403)
      service.token = await service.addToken({ role: 'user', email: 'ada@example.com' })
      expect((await service.call('GET', path)).status).toBe(403)
    })

    it.skipIf(withoutWebexOpenApi)(
      `answers as the published file says (${withoutWebexOpenApi ?? 'checked'})`,
      async () => {
        const file = '/admin/meeting/config/commonSettings'
        const before = await service.call('GET', path)
        expect(webexCall('GET', file).faults(before.status, before.body)).toEqual([])
        const changed = await service.call('PATCH', path, webexCall('PATCH', file).exampleBody())
        expect(changed.status).toBe(200)
        expect(webexCall('PATCH', file).faults(changed.status, changed.body)).toEqual([])
      },
    )
  })
}
