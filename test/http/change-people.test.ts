import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { randomRule, siteUrl, startService, type TestService } from '../support/service.ts'
import { webexCall, withoutWebexOpenApi } from '../support/webex-openapi.ts'

for (const engine of engines) {
  describe(`${engine}: adding, changing and removing people`, () => {
    let service: TestService

    beforeEach(async () => {
      service = await startService(engine)
      const siteId = await service.addSite({ method: 'emailPrefix', prefix: 'pr', length: 12 })
      await service.addPeople(siteId, [{ email: 'ada@example.com', displayName: 'Ada Lovelace' }])
    })
    afterEach(() => service.close())

    const create = (body: object) => service.call('POST', '/v1/people', body)
    const roomsOf = async (email: string): Promise<string[]> =>
      (await service.call('GET', `/v1/people?email=${email}`)).body.items.flatMap(
        ({ sipAddresses }: { sipAddresses: { value: string }[] }) => sipAddresses.map(({ value }) => value),
      )

    it("gives a new host an ID by the site's rule, and a new attendee none", async () => {
      const host = await create({ emails: ['ben@example.com'], firstName: 'Ben', lastName: 'Bitdiddle' })
      expect(host.status).toBe(200)
      expect(host.body).toMatchObject({
        emails: ['ben@example.com'],
        displayName: 'Ben Bitdiddle',
        siteUrls: [siteUrl],
        sipAddresses: [{ value: `ben@${siteUrl}` }],
      })
      const attendee = await create({
        emails: ['cyd@example.com'],
        displayName: 'Cyd',
        siteUrls: [`${siteUrl}#attendee`],
      })
      expect(attendee.body).toMatchObject({ siteUrls: [`${siteUrl}#attendee`], sipAddresses: [] })
      expect((await service.call('GET', `/v1/people/${host.body.id}`)).body).toEqual(host.body)
      expect((await service.call('GET', '/v1/people?displayName=bit')).body.items).toEqual([])
      expect((await service.call('GET', '/v1/people?displayName=ben')).body.items).toEqual([host.body])
      const acts = await service.call('GET', `/api/audit-events?siteUrl=${siteUrl}`)
      expect(acts.body.items.map(({ action, subject }: Record<string, string>) => [action, subject])).toEqual([
        ['person.created', 'cyd@example.com'],
        ['person.created', 'ben@example.com'],
      ])
    })

    it('takes the next suffix where a name is taken, and refuses a taken address', async () => {
      const other = await create({ emails: ['ada@example.org'], displayName: 'Another Ada' })
      expect(other.body.sipAddresses[0].value).toBe(`ada2@${siteUrl}`)
      expect((await create({ emails: ['ADA@example.com'], displayName: 'Ada' })).status).toBe(409)
    })

    it('adds somebody to all the sites named, or to none', async () => {
      const other = await service.addSite(randomRule, 'other.webex.com')
      await service.addPeople(other, [{ email: 'ben@example.com' }])
      const both = [siteUrl, 'other.webex.com#attendee']
      expect((await create({ emails: ['ben@example.com'], displayName: 'Ben', siteUrls: both })).status).toBe(409)
      expect(await roomsOf('ben@example.com')).toEqual(['ben@other.webex.com'])
      const cyd = await create({ emails: ['cyd@example.com'], displayName: 'Cyd', siteUrls: both })
      expect(cyd.body.siteUrls).toEqual(both)
    })

    it('frees the address of a deleted person, and the ID after the quarantine, and keeps the history', async () => {
      expect((await service.call('DELETE', '/v1/people/person-ada')).status).toBe(204)
      expect((await service.call('GET', '/v1/people/person-ada')).status).toBe(404)
      expect((await service.call('DELETE', '/v1/people/person-ada')).status).toBe(404)
      expect((await service.call('GET', `/api/sites/${siteUrl}/rooms?q=ada`)).body.items).toEqual([])
      expect((await service.refresh([{ email: 'ada@example.com', personalMeetingRoomId: 'x1' }])).status).toBe(404)

      const again = await create({ emails: ['ada@example.com'], displayName: 'Ada King' })
      expect(again.body.sipAddresses[0].value).toBe(`ada2@${siteUrl}`)
      const { body } = await service.call('GET', `/api/sites/${siteUrl}/ids/ada`)
      expect(body.holder).toBeNull()
      expect(body.items).toMatchObject([{ personId: 'person-ada', displayName: 'Ada Lovelace' }])
      const history = await service.call('GET', `/api/sites/${siteUrl}/rooms/person-ada/history`)
      expect(history.body.items).toMatchObject([
        { personalMeetingRoomId: null, until: null },
        { personalMeetingRoomId: 'ada' },
      ])

      await service.call('PATCH', `/api/sites/${siteUrl}`, { quarantineDays: 0 })
      const heir = await create({ emails: ['ada@example.net'], displayName: 'Heir' })
      expect(heir.body.sipAddresses[0].value).toBe(`ada@${siteUrl}`)
    })

    it('removes the ID of a host who becomes an attendee, and gives one to an attendee who becomes a host', async () => {
      const update = (body: object) =>
        service.call('PUT', '/v1/people/person-ada', { displayName: 'Ada Lovelace', ...body })
      const attendee = await update({ siteUrls: [`${siteUrl}#attendee`] })
      expect(attendee.body).toMatchObject({ siteUrls: [`${siteUrl}#attendee`], sipAddresses: [] })
      const refused = await service.refresh([{ email: 'ada@example.com', systemGenerated: true }])
      expect(refused.status).toBe(400)
      expect((await service.call('GET', `/api/sites/${siteUrl}/ids/ada`)).body.holder).toBeNull()
      const host = await update({ siteUrls: [siteUrl] })
      expect(host.body.sipAddresses[0].value).toBe(`ada@${siteUrl}`)
    })

    it('changes names and address, and is found by the new ones', async () => {
      await create({ emails: ['ben@example.com'], displayName: 'Ben' })
      const put = (body: object) => service.call('PUT', '/v1/people/person-ada', body)
      const changed = await put({ emails: ['countess@example.com'], displayName: 'Augusta King', department: 'Poetry' })
      expect(changed.body).toMatchObject({
        emails: ['countess@example.com'],
        firstName: 'Augusta',
        lastName: 'King',
        department: 'Poetry',
        sipAddresses: [{ value: `ada@${siteUrl}` }],
      })
      expect((await service.call('GET', '/v1/people?displayName=ada')).body.items).toEqual([])
      expect((await service.call('GET', '/v1/people?displayName=august')).body.items).toEqual([changed.body])
      expect((await put({ emails: ['BEN@example.com'], displayName: 'Ada' })).status).toBe(409)
      expect((await put({ emails: ['x@example.com'] })).status).toBe(400)
      expect((await service.call('PUT', '/v1/people/person-ada?minResponse=true', { displayName: 'Ada' })).status).toBe(
        204,
      )
    })

    it('adds an account on another site with the change, or not at all', async () => {
      await service.addSite(randomRule, 'other.webex.com')
      await create({ emails: ['ben@example.com'], displayName: 'Ben' })
      const body = { displayName: 'Ada', siteUrls: ['other.webex.com'] }
      const put = (email: string) => service.call('PUT', '/v1/people/person-ada', { ...body, emails: [email] })
      expect((await put('ben@example.com')).status).toBe(409)
      expect((await service.call('GET', '/v1/people/person-ada')).body.siteUrls).toEqual([siteUrl])
      expect((await put('ada@example.com')).body.siteUrls).toEqual([siteUrl, 'other.webex.com'])
    })

    it('removes a person once, and a concurrent change does not bring them back', async () => {
      const calls = [
        service.call('DELETE', '/v1/people/person-ada'),
        service.call('PUT', '/v1/people/person-ada', { displayName: 'Ada' }),
        service.call('DELETE', '/v1/people/person-ada'),
      ]
      const [first, change, second] = await Promise.all(calls)
      expect([first!.status, second!.status].sort()).toEqual([204, 404])
      expect([200, 404]).toContain(change!.status)
      expect((await service.call('GET', '/v1/people/person-ada')).status).toBe(404)
    })

    it('lets only administrators change people, and users see themselves', async () => {
      service.token = await service.addToken({ role: 'user', email: 'ada@example.com' })
      expect((await create({ emails: ['x@example.com'], displayName: 'X' })).status).toBe(403)
      expect((await service.call('DELETE', '/v1/people/person-ada')).status).toBe(403)
      expect((await service.call('GET', '/v1/people/me')).body.id).toBe('person-ada')
      expect((await service.call('GET', '/v1/people/person-ada')).body.invitePending).toBeUndefined()
      expect((await service.call('GET', '/v1/people/anybody-else')).status).toBe(403)
      service.token = await service.addToken({ sites: ['other.webex.com'] })
      expect((await service.call('DELETE', '/v1/people/person-ada')).status).toBe(404)
      expect((await service.call('GET', '/v1/people/me')).status).toBe(404)
    })

    it.skipIf(withoutWebexOpenApi)(
      `answers as the published file says (${withoutWebexOpenApi ?? 'checked'})`,
      async () => {
        await service.addSite(randomRule, 'mysite.webex.com')
        const created = await service.call('POST', '/v1/people', webexCall('POST', '/people').exampleBody())
        expect(created.status).toBe(200)
        expect(webexCall('POST', '/people').faults(created.status, created.body)).toEqual([])
        const path = `/v1/people/${created.body.id}`
        const read = await service.call('GET', path)
        expect(webexCall('GET', '/people/{personId}').faults(read.status, read.body)).toEqual([])
        const updated = await service.call('PUT', path, webexCall('PUT', '/people/{personId}').exampleBody())
        expect(updated.status).toBe(200)
        expect(webexCall('PUT', '/people/{personId}').faults(updated.status, updated.body)).toEqual([])
        const removed = await service.call('DELETE', path)
        expect(webexCall('DELETE', '/people/{personId}').faults(removed.status, removed.body)).toEqual([])
        service.token = await service.addToken({ email: 'ada@example.com' })
        const me = await service.call('GET', '/v1/people/me')
        expect(webexCall('GET', '/people/me').faults(me.status, me.body)).toEqual([])
      },
    )
  })
}
