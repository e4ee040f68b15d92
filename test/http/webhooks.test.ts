import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { changesIn, type Receiver, startReceiver } from '../support/receiver.ts'
import { randomRule, refreshPath, siteUrl, startService, type TestService } from '../support/service.ts'
import { webexCall, withoutWebexOpenApi } from '../support/webex-openapi.ts'

const secret = 'a-secret-that-nobody-may-see'

for (const engine of engines) {
  describe(`${engine}: webhooks`, () => {
    let service: TestService
    let receiver: Receiver

    beforeEach(async () => {
      receiver = await startReceiver()
      service = await startService(engine, null, { allowPrivate: true })
      const siteId = await service.addSite()
      await service.addPeople(
        siteId,
        Array.from({ length: 150 }, (_, n) => ({ email: `p${n}@example.com` })),
      )
    })
    afterEach(async () => {
      await service.close()
      await receiver.close()
    })

    const create = (body: object = {}) =>
      service.call('POST', '/v1/webhooks', {
        name: 'changes',
        targetUrl: receiver.url,
        resource: 'rooms',
        event: 'updated',
        secret,
        ...body,
      })

    it('reports every change, signed, and nothing that happened before it was created', async () => {
      await service.refresh([{ email: 'p0@example.com', personalMeetingRoomId: 'before' }])
      const { body: webhook } = await create()
      const answer = await service.refresh([
        { email: 'p0@example.com', personalMeetingRoomId: 'after' },
        { email: 'p1@example.com', personalMeetingRoomId: 'new-1' },
      ])
      await receiver.until(({ length }) => length > 0)
      const [{ raw, headers, body }] = receiver.received as [Receiver['received'][number]]
      expect(headers['x-spark-signature']).toBe(createHmac('sha1', secret).update(raw).digest('hex'))
      expect(body).toMatchObject({
        id: webhook.id,
        name: 'changes',
        resource: 'rooms',
        event: 'updated',
        data: {
          siteUrl,
          trackingId: answer.headers.trackingid,
          rooms: [
            {
              personId: 'person-p0',
              email: 'p0@example.com',
              oldPersonalMeetingRoomId: 'before',
              newPersonalMeetingRoomId: 'after',
            },
            { personId: 'person-p1', oldPersonalMeetingRoomId: 'p1', newPersonalMeetingRoomId: 'new-1' },
          ],
        },
      })
    })

    it('gets every change to a receiver that fails, then recovers', async () => {
      const { body: webhook } = await create()
      receiver.status = 500
      const wanted: string[] = []
      for (let n = 0; n < 20; n += 1) {
        wanted.push(`p${n}>next-${n}`)
        await service.refresh([{ email: `p${n}@example.com`, personalMeetingRoomId: `next-${n}` }])
      }
      while (receiver.refused < 10) await new Promise(resolve => setTimeout(resolve, 50))
      const waiting = await service.call('GET', `/api/webhooks/${webhook.id}/deliveries?max=3`)
      expect(waiting.body.items).toHaveLength(3)
      expect(waiting.headers.link).toContain('rel="next"')
      receiver.status = 0
      const refused = receiver.refused
      while (receiver.refused < refused + 3) await new Promise(resolve => setTimeout(resolve, 50))

      receiver.status = 200
      await receiver.until(received => new Set(changesIn(received)).size >= 20)
      expect([...new Set(changesIn(receiver.received))].sort()).toEqual(wanted.sort())
    })

    it('tells everybody else at once while receivers of one site are slow', async () => {
      const other = await service.addSite(randomRule, 'other.webex.com')
      await service.addPeople(other, [{ email: 'zoe@example.com' }])
      const slow = await Promise.all([1, 2, 3, 4, 5].map(startReceiver))
      for (const each of slow) {
        each.delayMs = 8_000
        await create({ targetUrl: each.url, filter: `siteUrl=${siteUrl}` })
      }
      for (let n = 0; n < 20; n += 1)
        await service.refresh([{ email: `p${n}@example.com`, personalMeetingRoomId: `new-${n}` }])
      while (slow.some(({ calls }) => calls === 0)) await new Promise(resolve => setTimeout(resolve, 50))
      await create({ filter: 'siteUrl=other.webex.com' })
      const items = [{ email: 'zoe@example.com', personalMeetingRoomId: 'zoe-2' }]
      const begun = Date.now()
      await service.call('POST', refreshPath, { siteUrl: 'other.webex.com', personalMeetingRoomIds: items })
      await receiver.until(({ length }) => length > 0)
      expect(Date.now() - begun).toBeLessThan(6_000)
      for (const each of slow) expect(each.calls).toBeLessThanOrEqual(2)
      await Promise.all(slow.map(each => each.close()))
    })

    it('are at most a hundred for a site, with those for all sites', async () => {
      const ofAdministrator = await service.addToken({ role: 'siteAdmin', sites: [siteUrl] })
      const add = (body: object, token = service.token) =>
        service.call(
          'POST',
          '/v1/webhooks',
          { name: 'x', targetUrl: receiver.url, resource: 'rooms', event: 'all', ...body },
          { authorization: `Bearer ${token}` },
        )
      await service.addSite(randomRule, 'other.webex.com')
      for (let n = 0; n < 50; n += 1) expect((await add({}, ofAdministrator)).status).toBe(200)
      for (let n = 0; n < 50; n += 1) expect((await add({ resource: n % 2 ? 'all' : 'memberships' })).status).toBe(200)
      for (const answer of [
        await add({}),
        await add({}, ofAdministrator),
        await add({ filter: `siteUrl=${siteUrl}` }),
      ]) {
        expect([answer.status, answer.body.errors[0].description]).toEqual([
          409,
          expect.stringContaining('100 webhooks'),
        ])
      }
      const { body: last } = await add({ filter: 'siteUrl=other.webex.com' })
      expect(last.id).toBeTruthy()
      const [first] = (await service.call('GET', '/v1/webhooks?max=1')).body.items
      expect((await service.call('DELETE', `/v1/webhooks/${first.id}`)).status).toBe(204)
      expect((await add({}, ofAdministrator)).status).toBe(200)
    })

    it('reports added and removed people, and nothing of other sites', async () => {
      const other = await service.addSite(randomRule, 'other.webex.com')
      await service.addPeople(other, [{ email: 'zoe@example.com' }])
      await create({ event: 'created', filter: `siteUrl=${siteUrl}` })
      await create({ event: 'deleted', filter: `siteUrl=${siteUrl}` })
      await create({ resource: 'messages', event: 'updated' })
      await service.call('DELETE', '/v1/people/person-zoe')
      await service.call('DELETE', '/v1/people/person-p7')
      await service.call('POST', '/v1/people', { emails: ['new@example.com'], displayName: 'New', siteUrls: [siteUrl] })
      await service.refresh([{ email: 'p1@example.com', personalMeetingRoomId: 'silent' }])
      await receiver.until(({ length }) => length >= 2)
      const received = receiver.received.map(({ body }) => [body.event, body.data.rooms[0].email]).sort()
      expect(received).toEqual([
        ['created', 'new@example.com'],
        ['deleted', 'p7@example.com'],
      ])
    })

    it('sends deliveries again when an administrator asks for it', async () => {
      const { body: webhook } = await create()
      await service.refresh([{ email: 'p1@example.com', personalMeetingRoomId: 'once' }])
      await receiver.until(({ length }) => length === 1)
      const path = `/api/webhooks/${webhook.id}`
      const delivered = async () => (await service.call('GET', `${path}/deliveries`)).body.items[0]
      while ((await delivered()).status !== 'delivered') await new Promise(resolve => setTimeout(resolve, 50))
      expect((await service.call('POST', `${path}/replay`, {})).body).toEqual({ replayed: 0 })
      expect((await service.call('POST', `${path}/replay`, { deliveryId: (await delivered()).id })).body).toEqual({
        replayed: 1,
      })
      await receiver.until(({ length }) => length === 2)
      expect(receiver.received[1]!.body.data).toEqual(receiver.received[0]!.body.data)
    })

    it('shows the secret to nobody', async () => {
      const created = await create()
      const updated = await service.call('PUT', `/v1/webhooks/${created.body.id}`, {
        name: 'other',
        targetUrl: receiver.url,
        secret: `${secret}-2`,
        status: 'active',
      })
      expect(updated.body).toEqual({ ...created.body, name: 'other' })
      const everything = [
        created,
        updated,
        await service.call('GET', '/v1/webhooks'),
        await service.call('GET', `/v1/webhooks/${created.body.id}`),
        await service.call('GET', '/api/audit-events'),
      ]
      expect(JSON.stringify(everything)).not.toContain(secret)
    })

    it('sends everything that happens to rooms to a webhook for all, each message with its own event', async () => {
      for (const resource of ['all', 'rooms']) {
        const { status, body } = await create({ resource, event: 'all', name: resource })
        expect([status, body.resource, body.event]).toEqual([200, resource, 'all'])
      }
      await create({ resource: 'memberships', event: 'all', name: 'never' })
      await service.call('POST', '/v1/people', { emails: ['new@example.com'], displayName: 'New' })
      await service.refresh([{ email: 'p1@example.com', personalMeetingRoomId: 'after' }])
      await service.call('DELETE', '/v1/people/person-p2')
      await receiver.until(({ length }) => length >= 6)
      const told = receiver.received.map(({ body }) => [body.name, body.resource, body.event, body.data.rooms[0].email])
      const happened = [
        ['rooms', 'created', 'new@example.com'],
        ['rooms', 'updated', 'p1@example.com'],
        ['rooms', 'deleted', 'p2@example.com'],
      ]
      const expected = ['all', 'rooms'].flatMap(webhook => happened.map(each => [webhook, ...each]))
      expect(told.map(String).sort()).toEqual(expected.map(String).sort())
    })

    it('restricts webhooks to those who administer their sites', async () => {
      const { body: all } = await create()
      service.token = await service.addToken({ role: 'siteAdmin', sites: [siteUrl] })
      const { body: own } = await create()
      expect((await service.call('GET', '/v1/webhooks')).body.items).toEqual([own])
      expect((await service.call('DELETE', `/v1/webhooks/${all.id}`)).status).toBe(404)
      expect((await service.call('DELETE', `/v1/webhooks/${own.id}`)).status).toBe(204)
      service.token = await service.addToken({ role: 'user', email: 'p1@example.com' })
      expect((await service.call('GET', '/v1/webhooks')).status).toBe(403)
    })

    it.skipIf(withoutWebexOpenApi)(
      `answers as the published file says (${withoutWebexOpenApi ?? 'checked'})`,
      async () => {
        const created = await service.call('POST', '/v1/webhooks', webexCall('POST', '/webhooks').exampleBody())
        expect(created.status).toBe(200)
        expect(webexCall('POST', '/webhooks').faults(200, created.body)).toEqual([])
        const path = `/v1/webhooks/${created.body.id}`
        const file = '/webhooks/{webhookId}'
        const updated = await service.call('PUT', path, webexCall('PUT', file).exampleBody())
        expect(updated.status).toBe(200)
        expect(webexCall('PUT', file).faults(200, updated.body)).toEqual([])
        expect(webexCall('GET', file).faults(200, (await service.call('GET', path)).body)).toEqual([])
        expect(webexCall('GET', '/webhooks').faults(200, (await service.call('GET', '/v1/webhooks')).body)).toEqual([])
        expect(webexCall('DELETE', file).faults((await service.call('DELETE', path)).status, null)).toEqual([])
      },
    )
  })

  describe(`${engine}: the target of a webhook`, () => {
    let service: TestService
    let receiver: Receiver

    beforeEach(async () => {
      receiver = await startReceiver()
      service = await startService(engine, null, { allowPrivate: false })
      const siteId = await service.addSite()
      await service.addPeople(siteId, [{ email: 'ada@example.com' }])
    })
    afterEach(async () => {
      await service.close()
      await receiver.close()
    })

    it('is never an address that is not public, however it is written', async () => {
      const hosts = ['127.0.0.1', 'localhost', '[::1]', '10.1.2.3', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]']
      hosts.push('169.254.169.254', '[fd00::1]', '100.64.0.1', '0.0.0.0', '[64:ff9b::a00:1]', '[2002:7f00:1::]')
      const urls = [
        ...hosts.map(host => `http://${host}/`),
        'file:///etc/passwd',
        'http://a:b@example.com/',
        'nonsense',
      ]
      for (const targetUrl of urls) {
        const answer = await service.call('POST', '/v1/webhooks', {
          name: 'x',
          targetUrl,
          resource: 'rooms',
          event: 'updated',
        })
        expect([targetUrl, answer.status]).toEqual([targetUrl, 400])
      }
    })

    it('is checked again when connecting', async () => {
      const origin = { tokenId: 't', trackingId: 't', now: Date.now() }
      const webhook = {
        webhook_id: 'sneaky',
        name: 'sneaky',
        target_url: receiver.url,
        resource: 'rooms',
        event: 'updated',
        filter: null,
        secret: null,
        owned_by: null,
        sites: null,
      }
      await service.store.write('addWebhook', { ...origin, webhook })
      const named = { ...webhook, webhook_id: 'named', target_url: receiver.url.replace('127.0.0.1', 'localhost') }
      await service.store.write('addWebhook', { ...origin, webhook: named })
      await service.refresh([{ email: 'ada@example.com', personalMeetingRoomId: 'other' }])
      for (const id of ['sneaky', 'named']) {
        const last = async () => (await service.call('GET', `/api/webhooks/${id}/deliveries`)).body.items[0]?.lastError
        while (!(await last())) await new Promise(resolve => setTimeout(resolve, 50))
        expect(await last()).toBe('The URL leads to an address that is not public.')
      }
      expect(receiver.received.length + receiver.refused).toBe(0)
    })
  })
}
