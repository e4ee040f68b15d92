import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'
import { webexCall, withoutWebexOpenApi } from '../support/webex-openapi.ts'

const path = '/v1/meetingPreferences/personalMeetingRoom'
const options = {
  topic: "Ada's room",
  hostPin: '4325',
  enabledAutoLock: true,
  autoLockMinutes: 5,
  enabledNotifyHost: true,
  supportCoHost: true,
  coHosts: [{ email: 'ben@example.com', displayName: 'Ben Example' }],
}
const link = (id: string) => `https://${siteUrl}/meet/${id}`

for (const engine of engines) {
  describe(`${engine}: personal meeting room`, () => {
    let service: TestService
    let ada: string

    beforeEach(async () => {
      service = await startService(engine)
      const siteId = await service.addSite()
      await service.addPeople(siteId, [
        { email: 'ada@example.com', roomId: 'adalove' },
        { email: 'ben@example.com' },
        { email: 'attendee@example.com', host: false },
      ])
      ada = await service.addToken({
        role: 'user',
        scopes: ['meeting:preferences_read', 'meeting:preferences_write'],
        email: 'Ada@example.com',
      })
    })
    afterEach(() => service.close())

    it('reads one’s own room, and with an admin scope anybody’s', async () => {
      const byAdmin = await service.call('GET', `${path}?userEmail=ADA@example.com&siteUrl=${siteUrl}`)
      expect(byAdmin.status).toBe(200)
      expect(byAdmin.body).toMatchObject({
        personalMeetingRoomLink: link('adalove'),
        sipAddress: `adalove@${siteUrl}`,
        hostPin: '',
      })
      service.token = ada
      expect((await service.call('GET', path)).body).toEqual(byAdmin.body)
    })

    it('answers 403 to a user who asks for somebody else, 404 for people without a room or an account', async () => {
      const byAdmin = async (email: string) => (await service.call('GET', `${path}?userEmail=${email}`)).status
      expect(await byAdmin('attendee@example.com')).toBe(404)
      expect(await byAdmin('nobody@example.com')).toBe(404)
      service.token = ada
      const others = await service.call('GET', `${path}?userEmail=ben@example.com`)
      expect(others.status).toBe(403)
      expect(others.body.message).toBe('The request is understood, but it has been refused or access is not allowed.')
    })

    it('stores the settings, and shows the PIN only to the owner who sets it', async () => {
      service.token = ada
      const set = await service.call('PUT', path, options)
      expect(set.status).toBe(200)
      expect(set.body).toMatchObject(options)
      const { hostPin, ...kept } = options
      expect((await service.call('GET', path)).body).toMatchObject({ ...kept, hostPin: '' })
      const rows = await service.store.db.selectFrom('preference').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(hostPin)

      service.token = await service.addToken({})
      const byAdmin = await service.call('PUT', `${path}?userEmail=ada@example.com`, options)
      expect(byAdmin.body.hostPin).toBe('')
      const acts = await service.store.db.selectFrom('audit_event').select(['action', 'subject', 'detail']).execute()
      expect(acts).toEqual([
        { action: 'preference.changed', subject: 'ada@example.com', detail: '{"kind":"personalMeetingRoom"}' },
      ])
    })

    it.each(['1234', '4321', '9876', '1111', '12', '12345', 'abcd'])('refuses the PIN "%s"', async hostPin => {
      service.token = ada
      const answer = await service.call('PUT', path, { ...options, hostPin })
      expect(answer.status).toBe(400)
      expect(JSON.stringify(answer.body.errors)).not.toContain(hostPin)
    })

    it('gives the room the ID that its host asks for, under the rules of the batch', async () => {
      service.token = ada
      const choose = (id: string) =>
        service.call('PUT', path, { ...options, personalMeetingRoomLink: `HTTPS://${siteUrl}/meet/${id}` })
      const chosen = await choose('ada-2')
      expect(chosen.body.personalMeetingRoomLink).toBe(link('ada-2'))
      expect(chosen.body.sipAddress).toBe(`ada-2@${siteUrl}`)
      expect((await choose('ben')).body.errors).toEqual([
        { description: 'Personal meeting room ID is being used by someone else.' },
      ])
      expect((await choose('no spaces')).status).toBe(400)
      expect((await choose('adalove')).status).toBe(200)

      service.token = await service.addToken({})
      const taken = await service.refresh([{ email: 'ben@example.com', personalMeetingRoomId: 'ada-2' }])
      expect(taken.status).toBe(400)
    })

    it('lets nobody choose where the site forbids it', async () => {
      const choose = (id: string) => service.call('PUT', path, { ...options, personalMeetingRoomLink: link(id) })
      const admin = service.token
      await service.call('PATCH', '/v1/admin/meeting/config/commonSettings', {
        siteOptions: { allowCustomPersonalRoomURL: false },
      })
      service.token = ada
      expect((await choose('prabcdefgh1234')).status).toBe(403)
      expect((await choose('adalove')).status).toBe(200)

      service.token = admin
      await service.call('PATCH', '/v1/admin/meeting/config/commonSettings', {
        siteOptions: { allowCustomPersonalRoomURL: true },
      })
      service.token = ada
      expect((await choose('ada')).status).toBe(200)
    })

    it('refuses what the site finds too easy to guess, and says why', async () => {
      const choose = (id: string) => service.call('PUT', path, { ...options, personalMeetingRoomLink: link(id) })
      await service.call('PATCH', `/api/sites/${siteUrl}`, { minimumStrength: 40 })
      service.token = ada
      const easy = await choose('ada')
      expect(easy.status).toBe(400)
      expect(easy.body.errors[0].description).toMatch(/^Personal meeting room ID is too easy to guess .* 40 bits\. \S+/)
      expect((await choose('prk3m9x2q7w5tz')).status).toBe(200)
    })

    it.skipIf(withoutWebexOpenApi)(
      `answers as the published file says (${withoutWebexOpenApi ?? 'checked'})`,
      async () => {
        const file = '/meetingPreferences/personalMeetingRoom'
        service.token = ada
        const before = await service.call('GET', path)
        expect(webexCall('GET', file).faults(before.status, before.body)).toEqual([])
        const set = await service.call('PUT', path, webexCall('PUT', file).exampleBody())
        expect(set.status).toBe(200)
        expect(webexCall('PUT', file).faults(set.status, set.body)).toEqual([])
        const after = await service.call('GET', path)
        expect(webexCall('GET', file).faults(after.status, after.body)).toEqual([])
      },
    )
  })
}
