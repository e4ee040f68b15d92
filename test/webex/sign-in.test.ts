/** `roomkey login` as people use it: a browser that confirms, and a sign-in service that checks PKCE. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionFile } from '#roomkey/local/connection-file.js'
import { WebexConnection } from '#roomkey/webex/sign-in/connection.js'
import { beginSignIn, redeemCode } from '#roomkey/webex/sign-in/sign-in.js'
import { removeFolder, roomkey, temporaryFolder } from '../../devtools/child-service.ts'
import { integration, startWebex, type WebexServer } from '../support/webex-server.ts'

const program = new URL('../../dist/main.js', import.meta.url).pathname
const site = 'example.webex.com'

describe('signing in to Webex', () => {
  let folder: string
  let webex: WebexServer
  let env: Record<string, string>

  beforeEach(async () => {
    folder = await temporaryFolder()
    webex = await startWebex(new Map(Array.from({ length: 12 }, (_, n) => [`host${n}@example.com`, `host${n}`])))
    env = {
      WEBEX_URL: webex.url,
      WEBEX_CLIENT_ID: integration.clientId,
      WEBEX_CLIENT_SECRET: integration.clientSecret,
      WEBEX_ACCESS_TOKEN: '',
    }
  })
  afterEach(async () => {
    await webex.close()
    await removeFolder(folder)
  })

  /** Runs the command until it has printed the URL to open. */
  async function login() {
    const words = ['login', '--data', folder, '--port', '0']
    const child: ChildProcess = spawn(process.execPath, [program, ...words], { env: { ...process.env, ...env } })
    let said = ''
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', data => {
        said += data
      })
    const ended = once(child, 'close')
    for (;;) {
      const url = /^ {2}(http\S+)$/m.exec(said)?.[1]
      if (url !== undefined) return { url, ended: async () => ({ code: (await ended)[0] as number, said }) }
      await Promise.race([once(child.stdout!, 'data'), ended])
    }
  }

  it('by the browser, with PKCE, works for a rotation, and shows no token', async () => {
    const { url, ended } = await login()
    expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256')
    // A request from another page, with another state, ends nothing.
    const callback = new URL(new URL(url).searchParams.get('redirect_uri')!)
    expect((await fetch(`${callback}?state=another&code=stolen`)).status).toBe(400)
    expect(await (await fetch(url)).text()).toMatch(/Signed in/)
    const { code, said } = await ended()
    expect([code, said]).toEqual([0, expect.stringContaining('renews itself until')])
    for (const secret of webex.secrets) expect(said).not.toContain(secret)
    expect(statSync(join(folder, 'sign-in.json')).mode & 0o777).toBe(0o600)

    const words = ['--data', folder, '--site', site]
    const planned = await roomkey(['plan', ...words, '--target', 'webex', '--out', join(folder, 'plan.csv')], { env })
    expect([planned.code, planned.stderr]).toEqual([0, expect.not.stringMatching(/refused|401/)])
    const ran = await roomkey(['run', '1', '--data', folder], { env })
    expect(ran.code).toBe(0)
    expect([...webex.target.changes.values()]).toEqual(Array.from({ length: 12 }, () => 1))
  })

  it('reports that the sign-in was declined', async () => {
    webex.agrees = false
    const { url, ended } = await login()
    await fetch(url)
    const { code, said } = await ended()
    expect([code, said]).toEqual([5, expect.stringContaining('was declined')])
  })

  it('cannot be completed with the code of another sign-in: its verifier does not match', async () => {
    const app = { ...integration, baseUrl: webex.url }
    const redirectUri = 'http://127.0.0.1:1/callback'
    const [ours, theirs] = [beginSignIn(app, redirectUri), beginSignIn(app, redirectUri)]
    expect(ours.verifier).toMatch(/^[\w-]{43,128}$/)
    const agreed = await fetch(theirs.url, { redirect: 'manual' })
    const code = new URL(agreed.headers.get('location')!).searchParams.get('code')!
    const redeem = (verifier: string) => redeemCode(fetch, app, { code, verifier, redirectUri }, Date.now())
    await expect(redeem(ours.verifier)).rejects.toThrow(/^The sign-in was refused \(400\); check the client ID/)
    // The code is used up, even with the right verifier.
    await expect(redeem(theirs.verifier)).rejects.toThrow(/refused/)
  })

  it('shares its sign-in with the service', async () => {
    const place = { url: webex.url, file: connectionFile(folder, webex.url) }
    const connection = new WebexConnection({ ...place, environment: { accessToken: null, integration: null } })
    await connection.paste(webex.makeToken())
    const words = ['plan', '--data', folder, '--site', site, '--target', 'webex', '--out', join(folder, 'plan.csv')]
    expect((await roomkey(words, { env })).code).toBe(0)
    connection.end()
    const refused = await roomkey(words, { env })
    expect([refused.code, refused.stderr]).toEqual([5, expect.stringContaining('WEBEX_ACCESS_TOKEN')])
    const { url, ended } = await login()
    await fetch(url)
    await ended()
    expect(connection.read()).toMatchObject({ by: 'signIn', who: { email: 'anna@example.com' } })
  })

  it('tolerates a connection file that another program has written', async () => {
    writeFileSync(join(folder, 'sign-in.json'), 'not JSON')
    const file = connectionFile(folder, webex.url)
    expect(file.read()).toBeUndefined()
    const who = { personId: 'p', email: 'a@example.com', name: 'A' }
    connectionFile(folder, 'https://other.example/v1').write({ by: 'token', accessToken: 'other', who, since: 0 })
    file.write({ by: 'token', accessToken: 'mine', who, since: 0 })
    file.remove()
    expect(JSON.parse(readFileSync(join(folder, 'sign-in.json'), 'utf8'))).toEqual({
      'https://other.example': { by: 'token', accessToken: 'other', who, since: 0 },
    })
  })

  it('reports an invalid WEBEX_URL', async () => {
    const { code, stderr } = await roomkey(['login', '--data', folder], { env: { ...env, WEBEX_URL: 'webex' } })
    expect([code, stderr]).toEqual([2, expect.stringContaining('WEBEX_URL is not a URL')])
  })
})
