/** Rotations of Webex that the service plans and runs, by its connection; Webex is a double over a socket. */

import { PassThrough } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { App } from '#roomkey/http/app.js'
import { buildServer } from '#roomkey/http/server.js'
import { connectionFile } from '#roomkey/local/connection-file.js'
import { message } from '#roomkey/messages/message.js'
import { planHash } from '#roomkey/rotations/planning/plan-hash.js'
import { profiles } from '#roomkey/rotations/target/profile.js'
import { eachItem, getRotation } from '#roomkey/store/rotations/rotations.js'
import { WebexConnection } from '#roomkey/webex/sign-in/connection.js'
import { removeFolder, temporaryFolder } from '../../devtools/child-service.ts'
import type { Weaknesses } from '../rotations/target-double.ts'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'
import { integration, startWebex, type WebexServer } from '../support/webex-server.ts'

const people = 30
const rotations = `/api/sites/${siteUrl}/rotations`
const wish = {
  target: 'webex',
  people: { who: 'everyone' },
  ids: { kind: 'random', prefix: '', bits: 60 },
  canary: 10,
  freeze: true,
}

describe.each(engines)('rotations of Webex by the service on %s', engine => {
  let folder: string
  let webex: WebexServer
  let service: TestService
  let connection: WebexConnection
  let said: string
  let weak: Weaknesses

  beforeEach(async () => {
    said = ''
    folder = await temporaryFolder()
    weak = { forbidsSwaps: true, bad: new Set() }
    const rooms = Array.from({ length: people }, (_, number) => [`host${number}@example.com`, `host${number}`] as const)
    webex = await startWebex(new Map(rooms), weak)
    const place = { url: webex.url, file: connectionFile(folder, webex.url) }
    connection = new WebexConnection({ ...place, environment: { accessToken: null, integration: null } })
    service = await startService(engine, null, undefined, deps())
    const siteId = await service.addSite()
    await service.addPeople(siteId, [{ email: 'host1@example.com', personId: 'id-host1@example.com', pinned: true }])
  })
  afterEach(async () => {
    expect([...webex.secrets].filter(secret => said.includes(secret))).toEqual([])
    const stored = JSON.stringify(await service.store.db.selectFrom('rotation').selectAll().execute())
    expect([...webex.secrets].filter(secret => stored.includes(secret))).toEqual([])
    await service.close()
    await webex.close()
    await removeFolder(folder)
  })

  function deps() {
    const log = new PassThrough()
    log.on('data', line => {
      said += line
    })
    return { webex: connection, logger: pino({ level: 'trace' }, log) }
  }

  /** By a token, in the given process of the service. */
  async function call(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object, app: App = service.app) {
    const headers = { authorization: `Bearer ${service.token}` }
    const answer = await app.inject({ method, url, headers, ...(payload && { payload }) })
    said += answer.body + JSON.stringify(answer.headers)
    const type = String(answer.headers['content-type'] ?? '')
    return { status: answer.statusCode, body: type.includes('json') ? JSON.parse(answer.body) : answer.body }
  }

  async function plan(of: object = wish) {
    const planned = await call('POST', rotations, of)
    expect(planned).toMatchObject({ status: 201, body: { state: 'planned', target: 'webex' } })
    return planned.body
  }

  async function follow(number: number, app: App = service.app) {
    const { body } = await call('GET', `${rotations}/${number}/events`, undefined, app)
    return JSON.parse(/event: end\ndata: (.*)\n\n$/.exec(body)![1]!)
  }

  const ids = () => Object.fromEntries(webex.target.rooms)

  it('plans, rehearses, runs, verifies, reports and undoes, with a sign-in that is renewed on the way', async () => {
    webex.lifetime = 60
    await signIn()
    webex.lifetime = 14 * 24 * 3600
    const own = await service.roomIds()
    const before = ids()
    const { number, counts, left } = await plan()
    expect(webex.renewals).toBe(1)
    expect(counts).toMatchObject({ pending: people - 1, left: 1 })
    expect(left[0].reason).toMatch(/pinned/i)
    const rehearsed = await call('POST', `${rotations}/${number}/rehearse`)
    expect(rehearsed.body).toMatchObject({ end: 'finished', counts: { done: people - 1 }, verified: { wrongs: 0 } })
    expect(ids()).toEqual(before)

    // Webex does not say who is refused.
    const bad = ['host7@example.com', 'host20@example.com']
    for (const each of bad) weak.bad!.add(each)
    const done = people - 3
    expect((await call('POST', `${rotations}/${number}/start`)).status).toBe(200)
    expect(await follow(number)).toMatchObject({ state: 'finished', counts: { done, refused: 2 } })
    expect(Math.max(...webex.target.changes.values())).toBe(1)
    expect(webex.target.selfService).toBe(true)
    const after = ids()
    const unchanged = Object.keys(before).filter(email => after[email] === before[email])
    expect(unchanged).toEqual(['host1@example.com', ...bad])
    const verified = await call('POST', `${rotations}/${number}/verify`)
    // Of those that were refused, a reading of now cannot tell.
    const tellableAt = expect.stringMatching(/Z$/)
    expect(verified.body).toEqual({
      changed: done,
      notYetVisible: bad.length,
      unread: 0,
      wrongs: 0,
      open: 0,
      state: 'finished',
      tellableAt,
      // Every room was read by itself.
      listed: 0,
      listVerdict: null,
      mayBeWrong: 0,
      notRead: 0,
      goneOnSince: null,
      changedSince: [],
    })
    const report = await call('GET', `${rotations}/${number}/files/report.csv`)
    expect(report.body).toContain(after['host2@example.com'])

    // Whoever is refused again is read back until no reading can be late any more: half an hour.
    weak.bad!.clear()
    const undo = await call('POST', `${rotations}/${number}/undo`)
    expect(undo.body).toMatchObject({ state: 'planned', undoOf: number, target: 'webex' })
    await call('POST', `${rotations}/${undo.body.number}/start`)
    expect(await follow(undo.body.number)).toMatchObject({ state: 'finished', counts: { done: done + bad.length } })
    expect(ids()).toEqual(before)
    expect(await service.roomIds()).toEqual(own)
    const listed = await call('GET', rotations)
    expect(listed.body.items.map((each: { target: string }) => each.target)).toEqual(['webex', 'webex'])
    expect(webex.renewals).toBe(1)
  })

  it('resumes after the service was restarted, with the same connection', async () => {
    await connection.paste(webex.makeToken())
    const { number } = await plan({ ...wish, ids: { kind: 'system' } })
    weak.latencyMs = 200
    await call('POST', `${rotations}/${number}/start`)
    await service.app.stopRotations()
    weak.latencyMs = 2
    expect((await call('GET', `${rotations}/${number}`)).body).toMatchObject({ state: 'stopped' })
    expect(webex.target.selfService).toBe(true)
    const next = await buildServer({ store: service.store, rateLimit: null, ...deps() })
    expect((await call('POST', `${rotations}/${number}/resume`, undefined, next)).status).toBe(200)
    expect(await follow(number, next)).toMatchObject({ state: 'finished', counts: { done: people - 1 } })
    await next.close()
    expect(Math.max(...webex.target.changes.values())).toBe(1)
  })

  it('stops when Webex revokes the token, and resumes with another', async () => {
    const token = webex.makeToken()
    await connection.paste(token)
    const { number } = await plan({ ...wish, freeze: false })
    webex.revoke(token)
    await call('POST', `${rotations}/${number}/start`)
    const stopped = await follow(number)
    expect(stopped).toMatchObject({ state: 'stopped', counts: { done: 0 } })
    expect(stopped.stopReason).toMatch(/401|Who are you/)
    await connection.paste(webex.makeToken())

    // Nor does it outlive the token of the administrator who resumes it.
    const theirs = await service.addToken({})
    const headers = { authorization: `Bearer ${theirs}` }
    const { tokenId } = (await service.call('GET', '/api/session', undefined, headers)).body
    weak.latencyMs = 100
    await service.call('POST', `${rotations}/${number}/resume`, undefined, headers)
    await call('DELETE', `/api/tokens/${tokenId}`)
    const ended = await follow(number)
    expect(ended).toMatchObject({ state: 'stopped', stopReason: expect.stringMatching(/administrator who started/) })
    weak.latencyMs = 2
    await call('POST', `${rotations}/${number}/resume`)
    expect(await follow(number)).toMatchObject({ state: 'finished', counts: { done: people - 1 } })
  })

  it('reports what is missing: a connection, the right to use it, the site', async () => {
    const refused = await call('POST', rotations, wish)
    expect(refused).toMatchObject({ status: 409 })
    expect(refused.body.errors[0].description).toMatch(/no connection to Webex/)
    await connection.paste(webex.makeToken())
    const { number } = await plan()
    connection.end()
    expect((await call('POST', `${rotations}/${number}/start`)).status).toBe(409)
    await connection.paste(webex.makeToken())
    const some = await service.addToken({ role: 'siteAdmin', sites: [siteUrl] })
    const headers = { authorization: `Bearer ${some}` }
    expect((await service.call('POST', rotations, wish, headers)).status).toBe(403)
    expect((await service.call('POST', `${rotations}/${number}/start`, undefined, headers)).status).toBe(403)
    expect((await service.call('GET', `${rotations}/${number}`, undefined, headers)).status).toBe(200)
    expect((await call('POST', '/api/sites/none.webex.com/rotations', wish)).status).toBe(404)
    expect((await call('POST', rotations, { ...wish, target: 'elsewhere' })).status).toBe(400)
    expect(webex.target.refreshes).toEqual([])
  })

  it('makes a long plan in the background, discards it on request, and keeps what was read, and the reason, when it stops', async () => {
    await connection.paste(webex.makeToken())
    weak.latencyMs = 1_500
    const [one, other] = await Promise.all([call('POST', rotations, wish), call('POST', rotations, wish)])
    for (const { status, body } of [one, other]) expect([status, body.state]).toEqual([201, 'planning'])
    const path = (begun: typeof one) => `${rotations}/${begun.body.number}`
    expect((await call('POST', `${path(one)}/start`)).status).toBe(409)
    expect((await call('DELETE', path(one))).status).toBe(204)
    expect((await call('GET', path(one))).status).toBe(404)

    connection.end()
    expect(await follow(other.body.number)).toMatchObject({ state: 'stopped', planHash: null })
    const stopped = await call('GET', path(other))
    expect(stopped.body).toMatchObject({ state: 'stopped', stopReason: expect.stringMatching(/connect again/) })
    expect((await service.store.db.selectFrom('rotation_item').select('number').execute()).length).toBeGreaterThan(0)
    for (const deed of ['start', 'approve', 'undo', 'rehearse', 'verify'])
      expect((await call('POST', `${path(other)}/${deed}`)).status, deed).toBe(409)
    const resumed = await call('POST', `${path(other)}/resume`)
    expect([resumed.status, resumed.body.errors[0].description]).toEqual([409, expect.stringMatching(/no connection/)])
    expect((await call('DELETE', path(other))).status).toBe(204)
    expect(await service.store.db.selectFrom('rotation_item').select('number').execute()).toEqual([])
  }, 40_000)

  it('shows what the command line planned for a site before the service had it', async () => {
    const newcomer = 'later.webex.com'
    const key = await service.store.write('createRotation', {
      siteUrl: newcomer,
      target: webex.url,
      profile: profiles.webex.name,
      source: JSON.stringify({ kind: 'system' }),
      choice: message('choiceEveryone'),
      undoOf: null,
      canary: 0,
      freeze: false,
      owner: 'elsewhere:1',
      now: Date.now(),
    })
    expect(key.siteId).toBeLessThan(0)
    const { db } = service.store
    const hash = await planHash(await getRotation(db, key), eachItem(db, key))
    await service.store.write('sealRotation', { ...key, hash, warnings: ['A note.'], maxCalls: 100 })
    await service.addSite(undefined, newcomer)
    const path = `/api/sites/${newcomer}/rotations`
    const { body } = await call('GET', path)
    expect(body.items).toMatchObject([{ number: 1, target: 'webex', warnings: ['A note.'] }])
    await connection.paste(webex.makeToken())
    // A site that requires a second administrator there requires one here.
    await service.call('PATCH', `/api/sites/${newcomer}`, { needsApproval: true })
    expect((await call('GET', `${path}/1`)).body.approval).toBe('needed')
    const refused = await call('POST', `${path}/1/start`)
    expect(refused.body.errors[0].description).toMatch(/waits for a second administrator/)
    expect((await call('POST', `${path}/1/approve`)).body.approval).toBe('given')
    const acts = await call('GET', `/api/audit-events?siteUrl=${newcomer}`)
    expect(acts.body.items[0]).toMatchObject({ action: 'rotation.approved', subject: '1' })
    expect((await call('POST', `${path}/1/start`)).status).toBe(200)
    expect((await call('DELETE', `${path}/1`)).status).toBe(409)
  })

  /** Signs in as a browser does. */
  async function signIn() {
    const url = await service.app.listen({ port: 0 })
    const fromConsole = { 'x-roomkey-console': '1', 'content-type': 'application/json' }
    const post = (path: string, body: object, headers: object = {}) =>
      fetch(url + path, { method: 'POST', headers: { ...fromConsole, ...headers }, body: JSON.stringify(body) })
    const cookieOf = (answer: Response) => answer.headers.get('set-cookie')!.split(';')[0]!
    const session = cookieOf(await post('/api/session', { token: service.token }))
    const begun = await post('/api/webex-connection/sign-in', integration, { cookie: session })
    const { url: asked } = (await begun.json()) as { url: string }
    const back = (await fetch(asked, { redirect: 'manual' })).headers.get('location')!
    const ended = await fetch(back, { redirect: 'manual', headers: { cookie: cookieOf(begun) } })
    expect(ended.headers.get('location')).toBe('/settings?webex=connected')
  }
})
