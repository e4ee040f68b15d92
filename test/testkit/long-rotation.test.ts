/** A second Roomkey stands in for Webex: rotations of hours whose tokens last for one, and every way to sign in to it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { verifyRooms } from '#roomkey/rotations/afterwards/verify.js'
import { Governor } from '#roomkey/rotations/target/governor.js'
import { governedPermits } from '#roomkey/rotations/target/permits.js'
import type { Fetch } from '#roomkey/webex/calls/calls.js'
import { createWebexClient } from '#roomkey/webex/calls/client.js'
import { beginSignIn, redeemCode, renewSignIn } from '#roomkey/webex/sign-in/sign-in.js'
import { renewedToken } from '#roomkey/webex/sign-in/token-source.js'
import {
  program,
  removeFolder,
  roomkey as runCommand,
  serve,
  stop,
  temporaryFolder,
  tokenOf,
} from '../../devtools/child-service.ts'
import { startRoomkey } from '../../src/testkit/start-roomkey.ts'
import { itemsOf, openBench, plan, run, wish } from '../rotations/rotation-fixture.ts'

const siteUrl = 'example.webex.com'
const admin = 'host0@example.com'
const redirectUri = 'http://127.0.0.1:8788/callback'
const minute = 60_000

/** Webex, as far as these tests see. */
async function startWebex(hosts: number, options: object = {}) {
  const people = Array.from({ length: hosts }, (_, index) => ({
    email: `host${index}@example.com`,
    personalMeetingRoomId: `host${index}`,
  }))
  const webex = await startRoomkey({ seed: { sites: [{ siteUrl, people }] }, ...options })
  onTestFinished(() => webex.close())
  return webex
}

/** What the browser of somebody does who agrees: it goes where the sign-in page sends it. */
async function agree(url: string): Promise<string> {
  const answer = await fetch(`${url}&${new URLSearchParams({ login_hint: admin })}`, { redirect: 'manual' })
  expect(answer.status).toBe(302)
  return answer.headers.get('location')!
}

it('renews one-hour tokens in the middle of a rotation of three hours, before each ends', {
  timeout: 60_000,
}, async () => {
  const bench = await openBench()
  const { clock, store } = bench
  onTestFinished(() => bench.close())
  const began = clock.now()
  const webex = await startWebex(20, { now: new Date(began).toISOString(), frozen: true })
  // Whoever calls is told to wait for 25 minutes, eight times.
  webex.faults.add({ call: 'refreshId', times: 8, fault: { status: 429, retryAfter: 1500 } })
  webex.signIn.change({ accessSeconds: 3600 })
  const fetchInTime: Fetch = (url, init) => {
    const answered = async () => {
      await webex.clock.set(new Date(clock.now()))
      const answer = await fetch(url, init)
      return new Response(await answer.text(), answer)
    }
    return clock.working(answered())
  }
  const app = { baseUrl: `${webex.url}/v1`, clientId: 'my-integration', clientSecret: 'its-secret' }
  const { url, verifier } = beginSignIn(app, redirectUri)
  const code = new URL(await agree(url)).searchParams.get('code')!
  let signedIn = await redeemCode(fetchInTime, app, { code, verifier, redirectUri }, clock.now())
  const renewedAt: number[] = []
  const token = renewedToken(
    {
      read: () => signedIn,
      replace: (_, renewed) => {
        renewedAt.push(clock.now() - began)
        signedIn = renewed
      },
    },
    { now: () => clock.now(), renew: before => renewSignIn(fetchInTime, app, before, clock.now()) },
  )
  const governor = new Governor()
  const client = createWebexClient(app.baseUrl, {
    fetch: fetchInTime,
    permits: governedPermits(governor, clock),
    token,
    clock,
  })
  const wired = { client, governor } as unknown as Parameters<typeof plan>[1]

  const { key } = await plan(bench, wired, { ...wish, target: app.baseUrl, canary: 0 })
  const plannedAt = clock.now() - began
  expect(await run(bench, wired, key)).toEqual({ end: 'finished', refused: 0 })
  const ranAt = clock.now() - began
  expect(await clock.run(verifyRooms(key, { store, client, now: () => clock.now() }))).toMatchObject({ changed: 20 })

  expect(ranAt - plannedAt).toBeGreaterThan(180 * minute)
  expect(renewedAt.filter(at => at > plannedAt && at < ranAt).length).toBeGreaterThanOrEqual(3)
  // Before they ended, so that no call was refused for that.
  expect(webex.calls().filter(({ status }) => status === 401)).toEqual([])
  for (const { email, new_id } of await itemsOf(store, key)) expect(await webex.people.roomId(email)).toBe(new_id)
})

it('goes on with a new token when the old one is ended in the middle', { timeout: 60_000 }, async () => {
  const { folder, env, webex } = await signedInBy('device')
  const words = ['--data', folder]
  const planned = await runCommand(
    ['plan', ...words, '--site', siteUrl, '--target', 'webex', '--canary', '0', '--out', join(folder, 'plan.csv')],
    { env },
  )
  expect(planned.code, planned.stderr).toBe(0)
  await webex.signIn.expireAccessTokens()
  const ran = await runCommand(['run', '1', ...words], { env })
  expect(ran.code, ran.stderr).toBe(0)
  expect(webex.calls('refreshId').map(({ status }) => status)).toEqual([401, 200])

  await webex.signIn.expireAccessTokens()
  webex.signIn.change({ refuseRefresh: true })
  const refused = await runCommand(['verify', '1', ...words], { env })
  expect(refused).toMatchObject({ code: 5, stderr: expect.stringContaining('sign in again') })
})

it('signs in by the browser from the command line', { timeout: 60_000 }, async () => {
  const { folder, env } = await signedInBy('browser')
  const planned = await runCommand(
    ['plan', '--data', folder, '--site', siteUrl, '--target', 'webex', '--json', '--out', join(folder, 'plan.csv')],
    { env },
  )
  expect(planned.code, planned.stderr).toBe(0)
  expect(JSON.parse(planned.stdout)).toMatchObject({ moves: 5 })
  expect(planned.stderr).not.toContain('roomkey login')

  // Nine and a half days before it ends for good.
  const file = join(folder, 'sign-in.json')
  const connections = JSON.parse(await readFile(file, 'utf8'))
  for (const { signedIn } of Object.values<{ signedIn: { refreshExpiresAt: number } }>(connections)) {
    signedIn.refreshExpiresAt = Date.now() + 9.5 * 24 * 60 * minute
  }
  await writeFile(file, JSON.stringify(connections))
  const warned = await runCommand(
    ['plan', '--site', siteUrl, '--target', 'webex', '--out', join(folder, 'again.csv'), '--data', folder],
    { env },
  )
  expect(warned.stderr).toContain('ends in 10 days; renew it with roomkey login.')
})

it('signs in from the console', { timeout: 60_000 }, async () => {
  const webex = await startWebex(5)
  const folder = await temporaryFolder()
  const service = await serve(folder, [], { WEBEX_URL: webex.url, WEBEX_ACCESS_TOKEN: '' })
  onTestFinished(async () => {
    await stop(service)
    await removeFolder(folder)
  })
  const fromConsole = { 'content-type': 'application/json', origin: service.url, 'x-roomkey-console': '1' }
  const post = (path: string, headers: object, body: object) =>
    fetch(service.url + path, { method: 'POST', headers: { ...fromConsole, ...headers }, body: JSON.stringify(body) })
  const session = await post('/api/session', {}, { token: await tokenOf(folder) })
  const cookie = session.headers.get('set-cookie')!.split(';')[0]!
  const app = { clientId: 'my-integration', clientSecret: 'its-secret' }
  const begun = await post('/api/webex-connection/sign-in', { cookie }, app)
  expect(begun.status).toBe(200)
  const browser = begun.headers.get('set-cookie')!.split(';')[0]!
  const { url } = (await begun.json()) as { url: string }
  const back = await fetch(await agree(url), { headers: { cookie: browser }, redirect: 'manual' })
  expect(back.headers.get('location')).toBe('/settings?webex=connected')
  const connection = await fetch(`${service.url}/api/webex-connection`, { headers: { cookie } })
  expect(await connection.json()).toMatchObject({ by: 'signIn', who: { email: admin }, clientId: app.clientId })
})

/** A data folder in which `roomkey login` has signed in to a stand-in. */
async function signedInBy(way: 'browser' | 'device') {
  const webex = await startWebex(5)
  const folder = await temporaryFolder()
  onTestFinished(() => removeFolder(folder))
  const env = {
    WEBEX_URL: webex.url,
    WEBEX_ACCESS_TOKEN: '',
    WEBEX_CLIENT_ID: 'my-integration',
    WEBEX_CLIENT_SECRET: 'its-secret',
    DATABASE_URL: undefined,
  }
  const words = ['login', '--data', folder, ...(way === 'device' ? ['--device'] : ['--port', '0'])]
  const child = spawn(process.execPath, [program, ...words], { env: { ...process.env, ...env } })
  const ended = once(child, 'close')
  if (way === 'browser') {
    const [, url] = await saidBy(child, /^ {2}(http\S+)$/m)
    expect(await (await fetch(await agree(url!))).text()).toMatch(/Signed in/)
  } else {
    const [, page, userCode] = await saidBy(child, /Open (\S+) and enter (\S+)\./)
    await fetch(page!, { method: 'POST', body: new URLSearchParams({ user_code: userCode!, who: admin }) })
  }
  expect((await ended)[0]).toBe(0)
  return { webex, folder, env }
}

async function saidBy(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  let said = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', data => (said += data))
  for (;;) {
    const found = pattern.exec(said)
    if (found !== null) return found
    if (child.exitCode !== null) throw new Error(said)
    await Promise.race([once(child.stdout!, 'data'), once(child, 'close')])
  }
}
