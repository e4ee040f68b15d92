/** The service's connection to Webex: pasted, by a browser sign-in, renewed, ended; over sockets. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionFile } from '#roomkey/local/connection-file.js'
import { type ConnectionPlace, WebexConnection } from '#roomkey/webex/sign-in/connection.js'
import { removeFolder, temporaryFolder } from '../../devtools/child-service.ts'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'
import { integration, startWebex, type WebexServer } from '../support/webex-server.ts'

const path = '/api/webex-connection'
const fromConsole = { 'x-roomkey-console': '1' }
const noEnvironment = { accessToken: null, integration: null }
const twoWeeks = 14 * 24 * 3600

describe.each(engines)('the connection to Webex on %s', engine => {
  let folder: string
  let webex: WebexServer
  let service: TestService
  let url: string
  /** Everything the service said: answers, headers and log. */
  let said: string

  beforeEach(async () => {
    said = ''
    folder = await temporaryFolder()
    webex = await startWebex(new Map([['host@example.com', 'host']]))
    await start(connect())
  })
  afterEach(async () => {
    expect(leaked()).toEqual([])
    await service.close()
    await webex.close()
    await removeFolder(folder)
  })

  function connect(environment: ConnectionPlace['environment'] = noEnvironment): WebexConnection {
    return new WebexConnection({ url: webex.url, file: connectionFile(folder, webex.url), environment })
  }

  async function start(connection: WebexConnection) {
    const log = new PassThrough()
    log.on('data', line => {
      said += line
    })
    service = await startService(engine, null, undefined, { webex: connection, logger: pino({ level: 'trace' }, log) })
    url = await service.app.listen({ port: 0 })
  }

  /** Secrets that reached anything but Webex and the file. The sign-in URL contains none. */
  function leaked(): string[] {
    return [...webex.secrets].filter(secret => secret !== '' && said.includes(secret))
  }

  async function send(method: string, to: string, headers: Record<string, string>, body?: object) {
    const answer = await fetch(new URL(to, url), {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      redirect: 'manual',
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    said += text + JSON.stringify([...answer.headers])
    return { status: answer.status, headers: answer.headers, body: text.startsWith('{') ? JSON.parse(text) : text }
  }

  const bearer = (token = service.token) => ({ authorization: `Bearer ${token}` })
  const read = async () => (await send('GET', path, bearer())).body

  async function openSession(): Promise<{ cookie: string }> {
    const answer = await send('POST', '/api/session', fromConsole, { token: service.token })
    return { cookie: answer.headers.get('set-cookie')!.split(';')[0]! }
  }

  /**
   * Begins a sign-in, and confirms it at Webex; returns where that redirects the browser, and which cookies it then
   * holds.
   */
  async function agree(session: { cookie: string }, wish: object = integration) {
    const begun = await send('POST', `${path}/sign-in`, { ...session, ...fromConsole, origin: url }, wish)
    expect(begun.status).toBe(200)
    const cookie = begun.headers.get('set-cookie')!
    expect(cookie).toMatch(
      /^roomkey_webex_sign_in=[\w-]{43}; Path=\/api\/webex-connection\/callback; Max-Age=600; HttpOnly; SameSite=Lax$/,
    )
    const asked = await fetch(begun.body.url, { redirect: 'manual' })
    expect(asked.status).toBe(302)
    return { back: asked.headers.get('location')!, browser: { cookie: cookie.split(';')[0]! } }
  }

  const acts = async () => {
    const { body } = await send('GET', '/api/audit-events', bearer())
    return body.items.map(({ action }: { action: string }) => action).filter((action: string) => /^webex/.test(action))
  }

  it('accepts a pasted token once Webex has said whose it is, shows it to nobody, and deletes it', async () => {
    expect(await read()).toMatchObject({ by: null, who: null, since: null, url: webex.url })
    const wrong = await send('PUT', path, bearer(), { token: 'not-a-token' })
    expect(wrong).toMatchObject({ status: 400 })
    expect(wrong.body.errors[0].description).toMatch(/does not accept this token \(401\)/)
    expect(await read()).toMatchObject({ by: null })

    const token = webex.makeToken()
    expect((await send('PUT', path, bearer(), { token })).status).toBe(200)
    const who = { name: 'Anna Admin', email: 'anna@example.com' }
    expect(await read()).toMatchObject({ by: 'token', who, scopes: null, tokenUntil: null, until: null })
    expect(statSync(join(folder, 'sign-in.json')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, 'sign-in.json'), 'utf8')).toContain(token)

    expect((await send('DELETE', path, bearer())).status).toBe(204)
    expect((await send('DELETE', path, bearer())).status).toBe(204)
    expect(await read()).toMatchObject({ by: null, who: null })
    expect(readFileSync(join(folder, 'sign-in.json'), 'utf8')).not.toContain(token)
    expect(await acts()).toEqual(['webex.disconnected', 'webex.connected'])
  })

  it('signs in by a browser, which comes back to the settings without its session', async () => {
    const session = await openSession()
    const { back, browser } = await agree(session)
    expect(back.startsWith(`${url}${path}/callback?`)).toBe(true)
    const ended = await send('GET', back, browser)
    expect([ended.status, ended.headers.get('location')]).toEqual([303, '/settings?webex=connected'])
    expect(ended.headers.get('set-cookie')).toMatch(/^roomkey_webex_sign_in=; .*Max-Age=0/)
    const known = await read()
    expect(known).toMatchObject({ by: 'signIn', who: { email: 'anna@example.com' }, clientId: integration.clientId })
    expect(known.scopes).toContain('meeting:admin_preferences_write')
    expect(Date.parse(known.tokenUntil) - Date.now()).toBeGreaterThan((twoWeeks - 60) * 1000)
    expect(Date.parse(known.until) - Date.now()).toBeGreaterThan(89 * 24 * 3600 * 1000)
    expect(await acts()).toEqual(['webex.connected', 'webex.signInBegun'])
    // The integration of the last sign-in is used again.
    const again = await agree(session, {})
    expect((await send('GET', again.back, again.browser)).headers.get('location')).toBe('/settings?webex=connected')
  })

  it('lets a sign-in be completed once, in time, by the browser and the session that began it', async () => {
    const outcome = async (back: string, headers: Record<string, string>) =>
      (await send('GET', back, headers)).headers.get('location')!.replace('/settings?webex=', '')
    const session = await openSession()

    const elsewhere = await agree(session)
    expect(await outcome(elsewhere.back, session)).toBe('tooLate')
    // The code is used up, whoever tried it.
    expect(await outcome(elsewhere.back, elsewhere.browser)).toBe('tooLate')

    const [first, last] = [await agree(session), await agree(session)]
    expect(await outcome(first.back, first.browser)).toBe('tooLate')
    expect(await outcome(`${last.back}x`.replace('state=', 'state=x'), last.browser)).toBe('tooLate')
    expect(await read()).toMatchObject({ by: null })

    const other = await openSession()
    const signedOut = await agree(other)
    await send('DELETE', '/api/session', { ...other, ...fromConsole })
    expect(await outcome(signedOut.back, signedOut.browser)).toBe('tooLate')

    const good = await agree(session)
    expect(await outcome(good.back, good.browser)).toBe('connected')
    expect(await outcome(good.back, good.browser)).toBe('tooLate')
    expect(await outcome(`${url}${path}/callback`, {})).toBe('tooLate')
    expect(await read()).toMatchObject({ by: 'signIn' })
  })

  it('reports that Webex refuses or cannot be reached, and keeps the old connection', async () => {
    await send('PUT', path, bearer(), { token: webex.makeToken() })
    const session = await openSession()
    const outcome = async ({ back, browser }: Awaited<ReturnType<typeof agree>>, code?: string) => {
      const to = new URL(back)
      if (code !== undefined) to.searchParams.set('code', code)
      return (await send('GET', to.href, browser)).headers.get('location')
    }
    expect(await outcome(await agree(session), 'made-up')).toBe('/settings?webex=refused')
    // A code that was issued for another verifier: this is what PKCE must refuse.
    const stolen = new URL((await agree(session)).back).searchParams.get('code')!
    expect(await outcome(await agree(session), stolen)).toBe('/settings?webex=refused')
    const wrongSecret = { clientId: integration.clientId, clientSecret: 'wrong' }
    expect(await outcome(await agree(session, wrongSecret))).toBe('/settings?webex=refused')
    webex.agrees = false
    expect(await outcome(await agree(session))).toBe('/settings?webex=refused')
    webex.agrees = true
    webex.signInDown = true
    expect(await outcome(await agree(session))).toBe('/settings?webex=unreachable')
    expect(await read()).toMatchObject({ by: 'token' })
  })

  it('is for full administrators of every site, and sign-in is for the console alone', async () => {
    await service.addSite()
    const some = [
      await service.addToken({ role: 'siteAdmin' }),
      await service.addToken({ role: 'fullAdmin', sites: [siteUrl] }),
      await service.addToken({ role: 'fullAdmin', scopes: ['meeting:admin_config_write'] }),
    ]
    for (const token of some) {
      expect((await send('GET', path, bearer(token))).status).toBe(403)
      expect((await send('PUT', path, bearer(token), { token: webex.makeToken() })).status).toBe(403)
      expect((await send('DELETE', path, bearer(token))).status).toBe(403)
      expect((await send('POST', `${path}/sign-in`, bearer(token), integration)).status).toBe(403)
    }
    expect((await send('GET', path, {})).status).toBe(401)
    expect((await send('POST', `${path}/sign-in`, bearer(), integration)).status).toBe(403)

    const session = await openSession()
    const foreign = { ...session, ...fromConsole, origin: 'http://127.0.0.1:1' }
    for (const headers of [session, foreign]) {
      expect((await send('POST', `${path}/sign-in`, headers, integration)).status).toBe(403)
      expect((await send('PUT', path, headers, { token: webex.makeToken() })).status).toBe(403)
      expect((await send('DELETE', path, headers)).status).toBe(403)
    }
    const nobodys = { ...session, ...fromConsole }
    expect((await send('POST', `${path}/sign-in`, nobodys, {})).status).toBe(400)
    expect((await send('POST', `${path}/sign-in`, nobodys, { clientId: 'C' })).status).toBe(400)
    expect((await send('PUT', path, bearer(), { token: 'with a space' })).status).toBe(400)
    expect(await read()).toMatchObject({ by: null })
  })

  it('leaves a token from the environment alone', async () => {
    await service.close()
    await start(connect({ accessToken: webex.makeToken(), integration }))
    expect(await read()).toMatchObject({ by: 'environment', who: null, clientId: integration.clientId })
    const session = { ...(await openSession()), ...fromConsole }
    expect((await send('PUT', path, bearer(), { token: webex.makeToken() })).status).toBe(409)
    expect((await send('DELETE', path, bearer())).status).toBe(409)
    expect((await send('POST', `${path}/sign-in`, session, {})).status).toBe(409)
  })

  it('renews a sign-in before it expires, once, for all processes of the machine', async () => {
    webex.lifetime = 5 * 60
    const { back, browser } = await agree(await openSession())
    await send('GET', back, browser)
    webex.lifetime = twoWeeks
    const [one, other] = [connect(), connect()]
    const tokens = await Promise.all(Array.from({ length: 8 }, () => one.tokens.token()))
    expect(new Set(tokens).size).toBe(1)
    expect(await other.tokens.token()).toBe(tokens[0])
    expect(webex.renewals).toBe(1)
    expect(Date.parse((await read()).tokenUntil) - Date.now()).toBeGreaterThan((twoWeeks - 60) * 1000)

    // Two renewals concurrently: the slower one's refresh token is used up, so it takes the other's result.
    const both = await Promise.all([one.tokens.renew(), other.tokens.renew()])
    expect(both).toEqual([true, true])
    expect(await one.tokens.token()).toBe(await other.tokens.token())
    await send('DELETE', path, bearer())
    await expect(one.tokens.token()).rejects.toThrow(/was ended; connect again/)
  })

  it('keeps using a token that has not expired while no new one is available', async () => {
    webex.lifetime = 2
    const { back, browser } = await agree(await openSession())
    await send('GET', back, browser)
    webex.signInDown = true
    const { tokens } = connect()
    const present = await tokens.token()
    expect(webex.secrets).toContain(present)
    await new Promise(done => setTimeout(done, 2100))
    await expect(tokens.token()).rejects.toThrow(/does not respond \(status 503\)/)
    webex.signInDown = false
    expect(await tokens.token()).not.toBe(present)
  })
})
