/** What clients in use send: each kind over every call that it concerns. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { refreshPath, siteUrl, startService, type TestService } from '../support/service.ts'

const json = { 'content-type': 'application/json;charset=utf-8' }
const ada = `userEmail=ada@example.com&siteUrl=${siteUrl}`

for (const engine of engines) {
  describe(`${engine}: clients`, () => {
    let service: TestService

    beforeEach(async () => {
      service = await startService(engine, null, { allowPrivate: true })
      const siteId = await service.addSite()
      await service.addPeople(siteId, [
        { email: 'ada@example.com', displayName: 'Ada Lovelace', department: 'Research' },
        { email: 'guest@example.com', host: false },
      ])
    })
    afterEach(() => service.close())

    const newWebhook = async (body: object = {}): Promise<string> => {
      const webhook = { name: 'case', targetUrl: 'https://example.com/hook', resource: 'rooms', event: 'updated' }
      const answer = await service.call('POST', '/v1/webhooks', { ...webhook, secret: 'kept-as-it-is', ...body })
      expect(answer.status).toBe(200)
      return answer.body.id
    }

    it('DELETE has no body, whatever type a client says it has', async () => {
      const paths = {
        '/webhooks/{webhookId}': async () => `/v1/webhooks/${await newWebhook()}`,
        '/people/{personId}': async () => {
          const person = { emails: ['case@example.com'], displayName: 'Case' }
          return `/v1/people/${(await service.call('POST', '/v1/people', person)).body.id}`
        },
        '/api/sites/{siteUrl}/lock': async () => {
          await service.call('PUT', `/api/sites/${siteUrl}/lock`, { minutes: 5 })
          return `/api/sites/${siteUrl}/lock`
        },
        '/api/tokens/{id}': async () => {
          const token = { name: 'case', role: 'user', scopes: ['meeting:preferences_read'], email: 'ada@example.com' }
          return `/api/tokens/${(await service.call('POST', '/api/tokens', token)).body.id}`
        },
      }
      for (const make of Object.values(paths)) {
        for (const headers of [
          { 'content-type': 'application/json' },
          { ...json, 'content-length': '0' },
          { ...json, 'transfer-encoding': 'chunked' },
          { 'content-type': 'application/x-www-form-urlencoded' },
        ]) {
          const path = await make()
          const { status, body } = await service.call('DELETE', path, undefined, headers as never)
          expect([path, status, body]).toEqual([path, 204, ''])
        }
      }
    })

    it('paths may have a slash at the end, or several in a row', async () => {
      const id = await newWebhook()
      const paths = [
        '/v1/people/?id=person-ada&showAllTypes=false',
        '/people/?max=1',
        '/v1/people/me/',
        '/v1/people/person-ada/',
        '//v1//people',
        '/v1/webhooks/?max=1',
        `/v1/webhooks/${id}/`,
        `/v1/meetingPreferences/?${ada}`,
        `/v1/meetingPreferences/audio/?${ada}`,
        '/v1/admin/meeting/config/commonSettings/',
        '/api/sites/',
        `/api/sites/${siteUrl}/`,
      ]
      service.token = await service.addToken({ email: 'ada@example.com' })
      for (const path of paths) expect([path, (await service.call('GET', path)).status]).toEqual([path, 200])
      const { body, headers } = await service.call('GET', '//v1/people/?max=1')
      expect(body.items).toHaveLength(1)
      expect(headers.link).toContain('/v1/people?max=1&cursor=')

      const item = { email: 'ada@example.com', systemGenerated: true }
      const batch = { siteUrl, personalMeetingRoomIds: [item] }
      expect((await service.call('POST', `${refreshPath}/`, batch)).status).toBe(200)
      const webhook = { name: 'case', targetUrl: 'https://example.com/hook', resource: 'rooms', event: 'updated' }
      expect((await service.call('POST', '/v1/webhooks/', webhook)).status).toBe(200)
      expect((await service.call('DELETE', `/v1/webhooks/${id}/`)).status).toBe(204)
    })

    it('query fields without effect are ignored on every read, and others refused', async () => {
      service.token = await service.addToken({ email: 'ada@example.com' })
      const reads = [
        '/v1/people?',
        '/v1/people/me?',
        '/v1/people/person-ada?',
        `/v1/webhooks/${await newWebhook()}?`,
        '/v1/webhooks?',
        `/v1/meetingPreferences?${ada}&`,
        ...['personalMeetingRoom', 'audio', 'video', 'schedulingOptions', 'sites'].map(
          name => `/v1/meetingPreferences/${name}?${ada}&`,
        ),
        '/v1/admin/meeting/config/commonSettings?',
      ]
      for (const read of reads) {
        const plain = (await service.call('GET', read)).body
        const ignored = 'max=100&max=100&start=0&offset=0&showAllTypes=False&callingData=1&excludeStatus=true'
        expect([read, await service.call('GET', read + ignored)]).toMatchObject([read, { status: 200, body: plain }])
        for (const refused of ['start=100', 'max=1&max=2']) {
          const { status, body } = await service.call('GET', read + refused)
          expect([read, refused, status]).toEqual([read, refused, 400])
          expect(body.errors[0].description).toMatch(/^(start is not supported|max is given more than once)/)
        }
      }
      for (const filter of ['roles=x', 'locationId=x', 'orgId=x', 'emial=ada@example.com', 'email=']) {
        expect([filter, (await service.call('GET', `/v1/people?${filter}`)).status]).toEqual([filter, 400])
      }
      const { orgId } = (await service.call('GET', '/v1/people/person-ada')).body
      expect(Buffer.from(orgId, 'base64').toString()).toMatch(/^ciscospark:\/\/us\/ORGANIZATION\/[0-9a-f-]{36}$/)
      const ofOrganisation = await service.call('GET', `/v1/people?orgId=${orgId}`)
      expect(ofOrganisation.body.items).toHaveLength(2)
      const { body } = await service.call('GET', '/v1/people?displayName=&email=ada@example.com&id=&max=')
      expect(body.items).toMatchObject([{ id: 'person-ada' }])
      expect((await service.call('GET', '/v1/meetingPreferences/audio?userEmail=')).status).toBe(400)
    })

    it('true is written in several ways', async () => {
      for (const [n, value] of ['true', 'True', 'TRUE', '1'].entries()) {
        const person = { emails: [`case${n}@example.com`], displayName: 'Case' }
        const { status, body } = await service.call(
          'POST',
          `/v1/people?callingData=${value}&minResponse=${value}`,
          person,
        )
        expect([value, status, Object.keys(body)]).toEqual([value, 200, ['id']])
        const path = `/v1/people/${body.id}?minResponse=${value}`
        expect((await service.call('PUT', path, { displayName: 'Other' })).status).toBe(204)
      }
      const person = { emails: ['no@example.com'], displayName: 'No' }
      expect((await service.call('POST', '/v1/people?callingData=yes', person)).status).toBe(400)
    })

    it('null says the same as leaving a field out', async () => {
      const given = {
        email: 'ada@example.com',
        personId: null,
        personalMeetingRoomId: 'given.id',
        systemGenerated: null,
      }
      expect((await service.refresh([given])).status).toBe(200)
      const made = { email: null, personId: 'person-ada', personalMeetingRoomId: null, systemGenerated: true }
      expect((await service.refresh([made])).status).toBe(200)
      const nobody = await service.refresh([{ email: null, personId: null, systemGenerated: true }])
      expect(nobody.status).toBe(400)
      expect((await service.refresh([null])).status).toBe(400)
      await newWebhook({ filter: null, secret: null, ownedBy: null })
      const person = {
        emails: ['nil@example.com'],
        displayName: 'Nil',
        firstName: null,
        department: null,
        siteUrls: null,
      }
      expect((await service.call('POST', '/v1/people', person)).status).toBe(200)
    })

    it('a site may be named by its URL, and the answer repeats what was sent', async () => {
      service.token = await service.addToken({ sites: [siteUrl] })
      for (const url of [`https://${siteUrl}`, `https://${siteUrl}/`, `${siteUrl}/`, siteUrl.toUpperCase()]) {
        const items = [{ email: 'ada@example.com', systemGenerated: true }]
        const answer = await service.call('POST', refreshPath, { siteUrl: url, personalMeetingRoomIds: items })
        expect(answer).toMatchObject({ status: 200, body: { siteUrl: url } })
        const query = `userEmail=ada@example.com&siteUrl=${encodeURIComponent(url)}`
        expect((await service.call('GET', `/v1/meetingPreferences/personalMeetingRoom?${query}`)).status).toBe(200)
      }
      const { status } = await service.call(
        'GET',
        '/v1/meetingPreferences/audio?userEmail=a@b.example&siteUrl=https://other.webex.com',
      )
      expect(status).toBe(403)
    })

    it('a token may follow several spaces, and one that is not good is called so', async () => {
      const me = (authorization: string) => service.call('GET', '/v1/people', undefined, { authorization })
      expect((await me(`Bearer  ${service.token}`)).status).toBe(200)
      expect((await me('Bearer rk_of_nobody')).headers['www-authenticate']).toBe('Bearer error="invalid_token"')
      const { headers } = await service.app.inject({ method: 'GET', url: '/v1/people' })
      expect(headers['www-authenticate']).toBe('Bearer')
    })

    it.each([
      ['application/problem+json', 'problem'],
      ['application/json, application/problem+json', 'problem'],
      ['application/json, application/problem+json;q=0.5', 'json'],
      ['application/problem+json;q=0', 'json'],
      ['*/*', 'json'],
    ])('Accept: %s', async (accept, form) => {
      const { headers } = await service.call('POST', refreshPath, {}, { accept })
      expect(headers['content-type']).toContain(form === 'problem' ? 'application/problem+json' : 'application/json')
    })

    describe('what was read can be sent back, and changes nothing', () => {
      const preference = (name: string) => `/v1/meetingPreferences/${name}?${ada}`
      const cases: Record<string, ['PUT' | 'PATCH', () => Promise<string> | string]> = {
        '/v1/webhooks/{webhookId}': ['PUT', async () => `/v1/webhooks/${await newWebhook()}`],
        '/v1/people/{personId}': ['PUT', () => '/v1/people/person-ada'],
        '/v1/meetingPreferences/personalMeetingRoom': ['PUT', () => preference('personalMeetingRoom')],
        '/v1/meetingPreferences/audio': ['PUT', () => preference('audio')],
        '/v1/meetingPreferences/video': ['PUT', () => preference('video')],
        '/v1/meetingPreferences/schedulingOptions': ['PUT', () => preference('schedulingOptions')],
        '/v1/admin/meeting/config/commonSettings': ['PATCH', () => '/v1/admin/meeting/config/commonSettings'],
      }

      it.each(Object.entries(cases))('%s', async (_path, [method, make]) => {
        const path = await make()
        const before = await service.call('GET', path)
        expect(before.status).toBe(200)
        const again = await service.call(method, path, before.body)
        expect(again).toMatchObject({ status: 200, body: before.body })
        expect((await service.call('GET', path)).body).toEqual(before.body)
      })

      it('every call of Webex that has GET and PUT or PATCH is among them', async () => {
        const { body } = await service.call('GET', '/openapi.json')
        const changed = Object.entries(body.paths as Record<string, object>)
          .filter(([path, methods]) => path.startsWith('/v1/') && 'get' in methods)
          .filter(([, methods]) => 'put' in methods || 'patch' in methods)
          .map(([path]) => path)
        // A list of sites is read, and one of them is sent; a meeting in a personal room is never changed.
        const others = ['/v1/meetingPreferences/sites', '/v1/meetings/{meetingId}']
        expect(changed.filter(path => !others.includes(path)).sort()).toEqual(Object.keys(cases).sort())
      })

      it('one site of the list of sites', async () => {
        const { body } = await service.call('GET', preference('sites'))
        const path = '/v1/meetingPreferences/sites?defaultSite=true&userEmail=ada@example.com'
        const chosen = await service.call('PUT', path, body.sites[0])
        expect(chosen).toMatchObject({ status: 200, body: body.sites[0] })
      })

      it('settings that contradict each other only because another one was changed later', async () => {
        const path = '/v1/admin/meeting/config/commonSettings'
        for (const securityOptions of [
          { joinBeforeHost: true, audioBeforeHost: true },
          { joinBeforeHost: false },
          { requireStrongPassword: false },
        ]) {
          expect((await service.call('PATCH', path, { securityOptions })).status).toBe(200)
        }
        const { body } = await service.call('GET', path)
        expect(await service.call('PATCH', path, body)).toMatchObject({ status: 200, body })
      })

      it('the PIN of a room and the secret of a webhook, which are never shown, stay', async () => {
        const room = preference('personalMeetingRoom')
        const { body } = await service.call('GET', room)
        expect((await service.call('PUT', room, { ...body, hostPin: '8264' })).status).toBe(200)
        const stored = () => service.store.db.selectFrom('preference').select('pin_hash').executeTakeFirstOrThrow()
        const { pin_hash: hash } = await stored()
        expect(hash).toMatch(/^scrypt\$/)
        expect((await service.call('PUT', room, { ...body, topic: 'Other', hostPin: '' })).status).toBe(200)
        expect(await stored()).toEqual({ pin_hash: hash })
        expect((await service.call('PUT', room, { ...body, hostPin: '1234' })).status).toBe(400)

        const webhook = `/v1/webhooks/${await newWebhook()}`
        await service.call('PUT', webhook, (await service.call('GET', webhook)).body)
        const { secret } = await service.store.db.selectFrom('webhook').select('secret').executeTakeFirstOrThrow()
        expect(secret).toBe('kept-as-it-is')
      })

      it('a webhook that is inactive stays so, and an active one is not made so', async () => {
        const webhook = `/v1/webhooks/${await newWebhook()}`
        const { body } = await service.call('GET', webhook)
        expect((await service.call('PUT', webhook, { ...body, status: 'inactive' })).status).toBe(400)
        const failed = { siteId: 1, deliveryId: 'none', now: Date.now(), error: 'It failed for a day.', nextAt: null }
        await service.store.write('settleDelivery', { ...failed, webhookId: body.id })
        const inactive = await service.call('GET', webhook)
        expect(inactive.body.status).toBe('inactive')
        expect(await service.call('PUT', webhook, inactive.body)).toMatchObject({ status: 200, body: inactive.body })
      })

      it('a person, with what both directions document for loginEnabled', async () => {
        const { body } = await service.call('GET', '/v1/people/person-ada')
        for (const loginEnabled of [true, 'true']) {
          const answer = await service.call('PUT', '/v1/people/person-ada', { ...body, loginEnabled })
          expect(answer).toMatchObject({ status: 200, body })
        }
        for (const loginEnabled of [false, 'false']) {
          const person = { emails: ['off@example.com'], displayName: 'Off' }
          for (const answer of [
            await service.call('PUT', '/v1/people/person-ada', { ...body, loginEnabled }),
            await service.call('POST', '/v1/people', { ...person, loginEnabled }),
          ]) {
            expect(answer.status).toBe(400)
            expect(answer.body.errors[0].description).toContain('loginEnabled cannot be false; suspend the room')
          }
        }
        const misspelt = await service.call('PUT', '/v1/people/person-ada', { ...body, departmant: 'x' })
        expect(misspelt.body.errors).toEqual([{ description: 'Unknown field "departmant".' }])
      })
    })
  })
}

describe('pages of other origins', () => {
  const page = 'https://app.example.com'

  it('may call with a token where they are named, also when they are refused, and no others may', async () => {
    const service = await startService('sqlite', null, undefined, { origins: [page] })
    const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' }
    const preflight = (origin: string) =>
      service.app.inject({ method: 'OPTIONS', url: refreshPath, headers: { origin, ...asked } })
    const allowed = await preflight(page)
    expect([allowed.statusCode, allowed.body]).toEqual([204, ''])
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': page,
      'access-control-allow-methods': expect.stringContaining('POST'),
      'access-control-allow-headers': 'authorization',
      vary: 'Origin',
    })
    for (const path of ['/v1/people', '/v1/people/nobody', '/v1/nothing']) {
      const { headers } = await service.call('GET', path, undefined, { origin: page })
      expect(headers).toMatchObject({ 'access-control-allow-origin': page, vary: expect.stringMatching(/^Origin/) })
      expect(headers['access-control-expose-headers']).toContain('Link')
      expect(headers).not.toHaveProperty('access-control-allow-credentials')
    }
    for (const origin of ['https://app.example.com.evil.example', 'http://app.example.com', 'null']) {
      const refused = await preflight(origin)
      expect(refused.statusCode).toBe(405)
      expect(refused.headers).not.toHaveProperty('access-control-allow-origin')
    }
    await service.close()

    const closed = await startService('sqlite')
    const { headers } = await closed.call('GET', '/v1/people', undefined, { origin: page })
    expect(headers).not.toHaveProperty('access-control-allow-origin')
    expect(headers.vary ?? '').not.toMatch(/origin/i)
    await closed.close()
  })
})
