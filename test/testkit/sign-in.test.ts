/** Signing in to the stand-in, by Roomkey's own client of Webex. */
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { removeFolder, roomkey as run, temporaryFolder } from '../../devtools/child-service.ts'
import { startRoomkey } from '../../src/testkit/start-roomkey.ts'
import { TargetError } from '../../src/webex/calls/target-error.ts'
import { type StoredConnection, WebexConnection } from '../../src/webex/sign-in/connection.ts'
import { awaitDeviceSignIn, beginDeviceSignIn } from '../../src/webex/sign-in/device-sign-in.ts'
import { beginSignIn, redeemCode, renewSignIn } from '../../src/webex/sign-in/sign-in.ts'

const email = 'ann@example.com'
const redirectUri = 'http://127.0.0.1:8788/callback'
const day = 24 * 60 * 60 * 1000

async function start() {
  const seed = { sites: [{ siteUrl: 'example.webex.com', people: [{ email }] }] }
  const roomkey = await startRoomkey({ seed, now: '2026-01-01T00:00:00Z', frozen: true })
  onTestFinished(() => roomkey.close())
  const app = { baseUrl: `${roomkey.url}/v1`, clientId: 'my-integration', clientSecret: 'its-secret' }
  const now = () => roomkey.clock.now().getTime()
  const me = async (token: string) =>
    fetch(`${app.baseUrl}/people/me`, { headers: { authorization: `Bearer ${token}` } })
  return { roomkey, app, now, me }
}

/** What a browser brings back. */
async function codeFrom(url: string, who = email): Promise<string> {
  const answer = await fetch(`${url}&${new URLSearchParams({ login_hint: who })}`, { redirect: 'manual' })
  expect(answer.status).toBe(302)
  return new URL(answer.headers.get('location')!).searchParams.get('code')!
}

it('signs in by code, once, for the one who began; renews; and ends', async () => {
  const { roomkey, app, now, me } = await start()
  const { url, verifier } = beginSignIn(app, redirectUri)
  const code = await codeFrom(url)
  const signedIn = await redeemCode(fetch, app, { code, verifier, redirectUri }, now())
  expect(signedIn.accessExpiresAt - now()).toBe(14 * day)
  expect(signedIn.refreshExpiresAt - now()).toBe(90 * day)
  expect(await (await me(signedIn.accessToken)).json()).toMatchObject({ emails: [email] })
  await expect(redeemCode(fetch, app, { code, verifier, redirectUri }, now())).rejects.toThrow(TargetError)
  const other = await codeFrom(url)
  await expect(redeemCode(fetch, app, { code: other, verifier: 'wrong', redirectUri }, now())).rejects.toThrow(
    TargetError,
  )

  await roomkey.clock.advance('14d')
  expect((await me(signedIn.accessToken)).status).toBe(401)
  const renewed = await renewSignIn(fetch, app, signedIn, now())
  expect((await me(renewed.accessToken)).status).toBe(200)
  await roomkey.signIn.expireAccessTokens()
  expect((await me(renewed.accessToken)).status).toBe(401)
  roomkey.signIn.change({ refuseRefresh: true })
  await expect(renewSignIn(fetch, app, renewed, now())).rejects.toThrow(TargetError)
})

it('gives a token the scopes that were asked for, and no other', async () => {
  const { app, now, me } = await start()
  const { url, verifier } = beginSignIn(app, redirectUri)
  const few = new URL(url)
  few.searchParams.set('scope', 'spark-admin:people_read')
  const signedIn = await redeemCode(fetch, app, { code: await codeFrom(few.href), verifier, redirectUri }, now())
  expect(signedIn.scopes).toEqual(['spark-admin:people_read'])
  expect((await me(signedIn.accessToken)).status).toBe(200)
  const body = { siteUrl: 'example.webex.com', personalMeetingRoomIds: [{ email, systemGenerated: true }] }
  const refused = await fetch(`${app.baseUrl}/admin/meetingPreferences/personalMeetingRoom/refreshId`, {
    method: 'POST',
    headers: { authorization: `Bearer ${signedIn.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(refused.status).toBe(403)
  few.searchParams.set('scope', 'meeting:everything')
  expect((await fetch(`${few.href}&login_hint=${email}`, { redirect: 'manual' })).status).toBe(400)
})

it('signs in on another device: not yet, too often, then yes', async () => {
  const { roomkey, app, now, me } = await start()
  const device = await beginDeviceSignIn(fetch, app, now())
  const poll = () =>
    fetch(`${app.baseUrl}/device/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${app.clientId}:${app.clientSecret}`)}` },
      body: new URLSearchParams({ client_id: app.clientId, device_code: device.deviceCode }),
    })
  expect((await poll()).status).toBe(428)
  expect(await (await poll()).text()).toContain('slow_down')
  const page = await (await fetch(device.verificationUri)).text()
  expect(page).toContain(device.userCode)
  await fetch(`${app.baseUrl}/device/verify`, {
    method: 'POST',
    body: new URLSearchParams({ user_code: device.userCode, who: email }),
  })
  const clock = { now, sleep: async (ms: number) => roomkey.clock.advance(ms) }
  const signedIn = await awaitDeviceSignIn(fetch, app, device, clock)
  expect((await me(signedIn.accessToken)).status).toBe(200)

  const late = await beginDeviceSignIn(fetch, app, now())
  await expect(awaitDeviceSignIn(fetch, app, late, clock)).rejects.toThrow(TargetError)
})

it('knows when a pasted token ends', async () => {
  const { roomkey, app } = await start()
  const ending = await roomkey.token({ email, expiresAt: '2026-01-01T12:00:00Z' })
  let stored: StoredConnection | undefined
  const file = {
    read: () => stored,
    write: (connection: StoredConnection) => {
      stored = connection
    },
    remove: () => undefined,
  }
  const connection = new WebexConnection({
    url: app.baseUrl,
    file,
    environment: { accessToken: null, integration: null },
  })
  await connection.paste(ending)
  expect(stored).toMatchObject({ by: 'token', until: Date.parse('2026-01-01T12:00:00Z') })
  await connection.paste(await roomkey.token({ email }))
  expect(stored).toMatchObject({ by: 'token', until: null })
})

it('signs in from the command line as a service app', async () => {
  const { app } = await start()
  const folder = await temporaryFolder()
  onTestFinished(() => removeFolder(folder))
  const env = { WEBEX_CLIENT_ID: app.clientId, WEBEX_CLIENT_SECRET: app.clientSecret, WEBEX_APP_TOKEN: 'owner' }
  const words = ['login', '--service-app', 'app-1', '--target', app.baseUrl, '--data', join(folder, 'data')]
  const missing = await run(words, { env, cwd: folder })
  expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('--organization')])
  const { code, stdout, stderr } = await run([...words, '--organization', 'org-1'], { env, cwd: folder })
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/the sign-in renews itself until/)
})
