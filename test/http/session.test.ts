import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SignInLink } from '#roomkey/http/access/sign-in-link.js'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'

const fromConsole = { 'x-roomkey-console': '1' }

for (const engine of engines) {
  describe(`${engine}: sessions`, () => {
    let service: TestService

    beforeEach(async () => {
      service = await startService(engine)
      await service.addSite()
    })
    afterEach(() => service.close())

    const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, headers: object, payload?: object) =>
      service.app.inject({ method, url, headers: headers as Record<string, string>, ...(payload && { payload }) })

    async function signIn(token: string): Promise<{ cookie: string }> {
      const answer = await send('POST', '/api/session', fromConsole, { token })
      expect(answer.statusCode).toBe(201)
      return { cookie: String(answer.headers['set-cookie']).split(';')[0]! }
    }

    it('exchanges a token for a cookie that no script and no other site can use', async () => {
      const answer = await send('POST', '/api/session', fromConsole, { token: service.token })
      expect(answer.headers['set-cookie']).toMatch(
        /^roomkey_session=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/,
      )
      expect(answer.body).not.toContain(service.token)
      const behindProxy = { ...fromConsole, 'x-forwarded-proto': 'https' }
      const secure = await send('POST', '/api/session', behindProxy, { token: service.token })
      expect(secure.headers['set-cookie']).toMatch(/; Secure$/)
    })

    it('reads with the cookie alone, and changes only from the console', async () => {
      const cookie = await signIn(service.token)
      const path = `/api/sites/${siteUrl}`
      expect((await send('GET', path, cookie)).statusCode).toBe(200)
      const change = { quarantineDays: 7 }
      expect((await send('PATCH', path, cookie, change)).statusCode).toBe(403)
      const elsewhere = { ...cookie, ...fromConsole, origin: 'http://localhost:1234' }
      expect((await send('PATCH', path, elsewhere, change)).statusCode).toBe(403)
      const here = { ...cookie, ...fromConsole, origin: 'http://localhost:8787', host: 'localhost:8787' }
      expect((await send('PATCH', path, here, change)).statusCode).toBe(200)
      expect((await send('PATCH', path, { ...cookie, ...fromConsole }, change)).statusCode).toBe(200)
    })

    it('ends with sign-out, with the token, and for a wrong cookie', async () => {
      const cookie = await signIn(service.token)
      expect((await send('DELETE', '/api/session', { ...cookie, ...fromConsole })).statusCode).toBe(204)
      expect((await send('GET', '/api/session', cookie)).statusCode).toBe(401)

      const other = await service.addToken({})
      const second = await signIn(other)
      expect((await send('GET', '/api/session', second)).statusCode).toBe(200)
      const { tokenId } = (await send('GET', '/api/session', second)).json()
      await service.call('DELETE', `/api/tokens/${tokenId}`)
      expect((await send('GET', '/api/session', second)).statusCode).toBe(401)
      expect((await send('GET', '/api/session', { cookie: 'roomkey_session=x' })).statusCode).toBe(401)
    })

    it("counts sign-ins towards the token's limit", async () => {
      const limited = await startService(engine, 3)
      const statuses = []
      for (let n = 0; n < 4; n += 1) {
        const payload = { token: limited.token }
        const answer = await limited.app.inject({ method: 'POST', url: '/api/session', headers: fromConsole, payload })
        statuses.push(answer.statusCode)
      }
      expect(statuses).toEqual([201, 201, 201, 429])
      await limited.close()
    })

    it('refuses invalid tokens, and a sign-in from another page', async () => {
      expect((await send('POST', '/api/session', fromConsole, { token: 'rk_none' })).statusCode).toBe(401)
      expect((await send('POST', '/api/session', {}, { token: service.token })).statusCode).toBe(403)
      expect((await send('POST', '/api/session', fromConsole, { code: 'guess' })).statusCode).toBe(401)
    })
  })
}

describe('the link of the start banner', () => {
  it('works once, in time, and with the right code alone', () => {
    const signInLink = new SignInLink('the token', 0)
    expect(signInLink.code).toMatch(/^[\w-]{32}$/)
    expect(signInLink.take('x'.repeat(32), 1)).toBeUndefined()
    expect(signInLink.take(signInLink.code, 15 * 60_000)).toBeUndefined()
    expect(signInLink.take(signInLink.code, 1)).toBe('the token')
    expect(signInLink.take(signInLink.code, 2)).toBeUndefined()
  })
})
