import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scopes } from '#roomkey/http/access/scopes.js'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'

const wanted = { name: 'rotation', role: 'siteAdmin', scopes: ['roomkey:admin'], sites: [siteUrl] }

for (const engine of engines) {
  describe(`${engine}: tokens`, () => {
    let service: TestService

    beforeEach(async () => {
      service = await startService(engine)
      await service.addSite()
    })
    afterEach(() => service.close())

    it('shows a new token once, and ends it when it is revoked', async () => {
      const made = await service.call('POST', '/api/tokens', { ...wanted, expiresAt: '2999-01-01T00:00:00Z' })
      expect(made.status).toBe(201)
      const { token, ...kept } = made.body
      expect(token).toMatch(/^rk_[\w-]{43}$/)
      const listed = await service.call('GET', '/api/tokens')
      expect(listed.body.items).toContainEqual(kept)
      const everything = JSON.stringify([listed.body, (await service.call('GET', '/api/audit-events')).body])
      expect(everything).not.toContain(token)

      const admin = service.token
      service.token = token
      expect((await service.call('GET', '/api/sites')).status).toBe(200)
      service.token = admin
      expect((await service.call('DELETE', `/api/tokens/${kept.id}`)).status).toBe(204)
      expect((await service.call('DELETE', `/api/tokens/${kept.id}`)).status).toBe(204)
      service.token = token
      expect((await service.call('GET', '/api/sites')).status).toBe(401)

      service.token = admin
      const acts = await service.call('GET', '/api/audit-events')
      expect(acts.body.items.map(({ action }: { action: string }) => action)).toEqual([
        'token.revoked',
        'token.created',
      ])
    })

    it('makes none that lasts longer than the one that it is made with, nor than the session', async () => {
      const end = Date.now() + 60 * 60_000
      const before = new Date(end - 60_000).toISOString()
      const after = new Date(end + 24 * 60 * 60_000).toISOString()
      const own = await service.addToken({ expiresAt: end })
      const authorization = { authorization: `Bearer ${own}` }
      const make = (body: object, headers: Record<string, string>) =>
        service.call('POST', '/api/tokens', { ...wanted, ...body }, headers)
      for (const body of [{}, { expiresAt: after }]) {
        const refused = await make(body, authorization)
        expect([refused.status, refused.body.errors[0].description]).toEqual([403, expect.stringMatching(/outlast/)])
      }
      expect((await make({ expiresAt: before }, authorization)).status).toBe(201)

      const forever = await service.addToken({})
      const headers = { 'x-roomkey-console': '1' }
      const post = (url: string, more: object, payload: object) =>
        service.app.inject({ method: 'POST', url, headers: { ...headers, ...more }, payload })
      const signedIn = await post('/api/session', {}, { token: forever })
      const cookie = String(signedIn.headers['set-cookie']).split(';')[0]!
      const inSession = async (body: object) => {
        const answer = await post('/api/tokens', { cookie }, { ...wanted, ...body })
        return { status: answer.statusCode, body: answer.json() }
      }
      const refused = await inSession({})
      expect([refused.status, refused.body.errors[0].description]).toEqual([403, expect.stringMatching(/session/)])
      expect((await inSession({ expiresAt: before })).status).toBe(201)
      expect((await inSession({ ownToken: own })).status).toBe(403)
      expect((await inSession({ ownToken: forever })).status).toBe(201)
    })

    it('says who made which, and revokes what was made with one where that is asked for', async () => {
      const made: { id: string; token: string }[] = []
      for (const name of ['one', 'two', 'three']) {
        const headers = made.length === 0 ? {} : { authorization: `Bearer ${made.at(-1)!.token}` }
        made.push((await service.call('POST', '/api/tokens', { ...wanted, name, sites: null }, headers)).body)
      }
      const [one, two, three] = made as [(typeof made)[0], (typeof made)[0], (typeof made)[0]]
      const { items } = (await service.call('GET', '/api/tokens')).body
      const makerOf = (id: string) => items.find((token: { id: string }) => token.id === id).madeBy
      expect([makerOf(two.id), makerOf(three.id)]).toEqual([one.id, two.id])
      const works = async () => {
        const answers = made.map(({ token }) =>
          service.call('GET', '/api/sites', undefined, { authorization: `Bearer ${token}` }),
        )
        return (await Promise.all(answers)).map(({ status }) => status)
      }
      expect((await service.call('DELETE', `/api/tokens/${two.id}`)).status).toBe(204)
      expect(await works()).toEqual([200, 401, 200])
      expect((await service.call('DELETE', `/api/tokens/${one.id}?made=true`)).status).toBe(204)
      expect(await works()).toEqual([401, 401, 401])
    })

    it('lets nobody create or see more than their own', async () => {
      service.token = await service.addToken({ role: 'siteAdmin', scopes: ['roomkey:admin'], sites: [siteUrl] })
      const refused = [
        { ...wanted, sites: ['other.webex.com'] },
        { ...wanted, sites: null },
        { name: 'all', role: 'siteAdmin', scopes: ['roomkey:admin'] },
        { ...wanted, role: 'fullAdmin' },
        { ...wanted, role: 'contentAdmin' },
        { ...wanted, scopes: [...scopes] },
      ]
      for (const body of refused) expect((await service.call('POST', '/api/tokens', body)).status).toBe(403)
      expect((await service.call('POST', '/api/tokens', wanted)).status).toBe(201)
      const { body } = await service.call('GET', '/api/tokens')
      expect(body.items.every(({ sites }: { sites: string[] | null }) => sites?.includes(siteUrl))).toBe(true)
      expect(body.items.length).toBe(2)
      const [first] = await service.store.db.selectFrom('token').select('token_id').where('sites', 'is', null).execute()
      expect((await service.call('DELETE', `/api/tokens/${first!.token_id}`)).status).toBe(404)
    })

    it.each([
      { ...wanted, scopes: [] },
      { ...wanted, scopes: ['everything'] },
      { ...wanted, role: 'king' },
      { ...wanted, expiresAt: 'soon' },
      { ...wanted, expiresAt: '2001-01-01T00:00:00Z' },
      { ...wanted, expires: '2999-01-01T00:00:00Z' },
    ])('refuses %o', async body => {
      expect((await service.call('POST', '/api/tokens', body)).status).toBe(400)
    })
  })
}
