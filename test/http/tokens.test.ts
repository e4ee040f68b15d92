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
