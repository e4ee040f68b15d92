import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { randomRule, siteUrl, startService, type TestService } from '../support/service.ts'
import { webexCall, withoutWebexOpenApi } from '../support/webex-openapi.ts'

const root = '/v1/meetingPreferences'
const number = { countryCode: '49', number: '123456', enabledCallInAuthentication: true, enabledCallMe: false }
const audio = {
  defaultAudioType: 'webexAudio',
  otherTeleconferenceDescription: '',
  enabledGlobalCallIn: true,
  enabledTollFree: false,
  enabledAutoConnection: true,
  officeNumber: number,
  mobileNumber: number,
}
const scheduling = { enabledJoinBeforeHost: true, joinBeforeHostMinutes: 10, enabledAutoShareRecording: false }

for (const engine of engines) {
  describe(`${engine}: preferences`, () => {
    let service: TestService
    let ada: string

    beforeEach(async () => {
      service = await startService(engine)
      await service.addPeople(await service.addSite(), [{ email: 'ada@example.com' }, { email: 'ben@example.com' }])
      await service.addPeople(await service.addSite(randomRule, 'other.webex.com'), [{ email: 'ada@example.com' }])
      ada = await service.addToken({
        role: 'user',
        scopes: ['meeting:preferences_read', 'meeting:preferences_write'],
        email: 'ada@example.com',
      })
      service.token = ada
    })
    afterEach(() => service.close())

    it('stores audio options without the PIN, which only its owner gets back', async () => {
      const set = await service.call('PUT', `${root}/audio`, { ...audio, audioPin: '4325' })
      expect(set.body).toEqual({ ...audio, audioPin: '4325' })
      expect((await service.call('GET', `${root}/audio`)).body).toEqual(audio)
      expect((await service.call('PUT', `${root}/audio`, { ...audio, audioPin: '1111' })).status).toBe(400)
      expect((await service.call('GET', `${root}/audio?siteUrl=other.webex.com`)).body).not.toEqual(audio)
    })

    it('requires exactly one default among the video devices', async () => {
      const device = (isDefault: boolean) => ({ deviceName: 'd', deviceAddress: 'd@example.com', isDefault })
      const put = (...videoDevices: object[]) => service.call('PUT', `${root}/video`, { videoDevices })
      expect((await put(device(true), device(false))).status).toBe(200)
      expect((await put(device(true), device(true))).status).toBe(400)
      expect((await put(device(false))).status).toBe(400)
      expect((await put()).status).toBe(200)
      expect((await service.call('GET', `${root}/video`)).body).toEqual({ videoDevices: [] })
    })

    it('inserts and deletes delegates, and leaves those that are not named', async () => {
      const path = `${root}/schedulingOptions`
      const insert = await service.call('POST', `${path}/delegateEmails/insert`, {
        emails: ['ben@example.com, cyd@example.com', 'BEN@example.com'],
      })
      expect(insert.body).toEqual({ emails: ['ben@example.com', 'cyd@example.com'] })
      expect((await service.call('PUT', path, scheduling)).body.delegateEmails).toEqual(insert.body.emails)
      const removed = await service.call('POST', `${path}/delegateEmails/delete`, { emails: ['Ben@example.com'] })
      expect(removed.status).toBe(204)
      expect((await service.call('GET', path)).body).toMatchObject({
        ...scheduling,
        delegateEmails: ['cyd@example.com'],
      })
      const cleared = await service.call('PUT', path, { ...scheduling, delegateEmails: [] })
      expect(cleared.body.delegateEmails).toEqual([])
      expect((await service.call('POST', `${path}/delegateEmails/insert`, { emails: ['nobody'] })).status).toBe(400)
      expect((await service.call('PUT', path, { ...scheduling, joinBeforeHostMinutes: 7 })).status).toBe(400)
    })

    it('lists the sites, and uses the default one where none is named', async () => {
      const sites = async () => (await service.call('GET', `${root}/sites`)).body.sites
      expect(await sites()).toEqual([
        { siteUrl, default: true },
        { siteUrl: 'other.webex.com', default: false },
      ])
      const chosen = await service.call('PUT', `${root}/sites?defaultSite=true`, { siteUrl: 'other.webex.com' })
      expect(chosen.body).toEqual({ siteUrl: 'other.webex.com', default: true })
      expect((await sites())[0]).toEqual({ siteUrl, default: false })
      const room = await service.call('GET', `${root}/personalMeetingRoom`)
      expect(room.body.sipAddress).toBe('ada@other.webex.com')
    })

    it('restricts users to their own', async () => {
      for (const path of ['', '/audio', '/video', '/schedulingOptions', '/sites', '/personalMeetingRoom']) {
        const answer = await service.call('GET', `${root}${path}?userEmail=ben@example.com`)
        expect([path, answer.status]).toEqual([path, 403])
      }
      expect((await service.call('PUT', `${root}/audio?userEmail=ben@example.com`, audio)).status).toBe(403)
      service.token = await service.addToken({})
      expect((await service.call('GET', `${root}/audio?userEmail=ben@example.com`)).status).toBe(200)
      expect((await service.call('GET', `${root}/audio`)).status).toBe(400)
    })

    it.skipIf(withoutWebexOpenApi)(
      `answers as the published file says (${withoutWebexOpenApi ?? 'checked'})`,
      async () => {
        const check = async (method: 'GET' | 'PUT' | 'POST', path: string, query = '', body?: unknown) => {
          const call = webexCall(method, `/meetingPreferences${path}`)
          const answer = await service.call(
            method,
            `${root}${path}${query}`,
            body ?? (method === 'GET' ? undefined : call.exampleBody()),
          )
          expect([path, answer.status]).toEqual([path, path.endsWith('/delete') ? 204 : 200])
          expect([path, call.faults(answer.status, answer.body)]).toEqual([path, []])
        }
        for (const kind of ['/audio', '/video', '/schedulingOptions']) {
          await check('GET', kind)
          await check('PUT', kind)
          await check('GET', kind)
        }
        await check('POST', '/schedulingOptions/delegateEmails/insert')
        await check('POST', '/schedulingOptions/delegateEmails/delete')
        await check('GET', '/sites')
        await check('PUT', '/sites', '?defaultSite=true', { siteUrl })
        await check('GET', '')
      },
    )
  })
}
