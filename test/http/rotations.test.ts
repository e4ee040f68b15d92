/** Rotations that the service plans and runs on its own sites. */

import { hostname } from 'node:os'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processSpace } from '#roomkey/files/process-space.js'
import { scopes } from '#roomkey/http/access/scopes.js'
import { rehearseInThread } from '#roomkey/http/rotations/rehearse-in-thread.js'
import { sandboxTarget } from '#roomkey/http/sandbox-target.js'
import { buildServer } from '#roomkey/http/server.js'
import { message } from '#roomkey/messages/message.js'
import { planHash } from '#roomkey/rotations/planning/plan-hash.js'
import { planToCopy } from '#roomkey/rotations/rehearsal/copy-plan.js'
import { rehearseWith } from '#roomkey/rotations/rehearsal/rehearse.js'
import { eachItem, getRotation } from '#roomkey/store/rotations/rotations.js'
import { openDatabase } from '#roomkey/store/sqlite/driver.js'
import { engines } from '../support/engines.ts'
import { type Answer, siteUrl, startService, type TestService } from '../support/service.ts'

const people = 250
const everyone = {
  people: { who: 'everyone' },
  ids: { kind: 'random', prefix: '', bits: 60 },
  canary: 10,
  freeze: true,
}
const rotations = `/api/sites/${siteUrl}/rotations`

describe.each(engines)('rotations on %s', engine => {
  let service: TestService
  let siteId: number
  beforeAll(async () => {
    service = await startService(engine)
    siteId = await service.addSite()
    await service.addPeople(
      siteId,
      Array.from({ length: people }, (_, number) => ({ email: `host${number}@example.com` })),
    )
  })
  afterAll(() => service.close())

  const as = (token: string) => ({ authorization: `Bearer ${token}` })

  async function plan(wish: object = everyone) {
    const planned = await service.call('POST', rotations, wish)
    expect(planned).toMatchObject({ status: 201, body: { state: 'planned' } })
    return planned.body
  }

  /** Follows a rotation to its end; gives the events. */
  async function follow(number: number): Promise<{ event: string; data: Answer['body'] }[]> {
    const { status, headers, body } = await service.call('GET', `${rotations}/${number}/events`)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/event-stream')
    return [...(body as string).matchAll(/event: (\w+)\ndata: (.*)\n\n/g)].map(([, event = '', data = '']) => ({
      event,
      data: JSON.parse(data),
    }))
  }

  async function runToTheEnd(number: number) {
    expect((await service.call('POST', `${rotations}/${number}/start`)).status).toBe(200)
    const end = (await follow(number)).at(-1)!
    expect(end).toMatchObject({ event: 'end', data: { state: 'finished', number } })
    return end.data
  }

  it('plans, shows, runs, verifies, reports and undoes', async () => {
    const before = await service.roomIds()
    const { number, counts, planHash } = await plan()
    expect(counts).toMatchObject({ pending: people, done: 0 })
    expect(planHash).toMatch(/^[0-9a-f]{64}$/)
    expect(await service.roomIds()).toEqual(before)

    const seen: { email: string; oldId: string; newId: string }[] = []
    for (let next: string | undefined = `${rotations}/${number}/items?state=pending&max=100`; next; ) {
      const { body, headers }: Answer = await service.call('GET', next)
      seen.push(...body.items)
      const link = /<([^>]+)>/.exec(String(headers.link ?? ''))?.[1]
      next = link && new URL(link).pathname + new URL(link).search
    }
    expect(seen).toHaveLength(people)
    expect(Object.fromEntries(seen.map(({ email, oldId }) => [email, oldId]))).toEqual(before)

    const rehearsed = await service.call('POST', `${rotations}/${number}/rehearse`)
    expect(rehearsed.body).toMatchObject({
      end: 'finished',
      counts: { done: people, refused: 0 },
      verified: { changed: people, wrongs: 0 },
    })
    expect(await service.roomIds()).toEqual(before)

    const end = await runToTheEnd(number)
    expect(end.counts).toMatchObject({ done: people, refused: 0, pending: 0 })
    expect(await service.roomIds()).toEqual(Object.fromEntries(seen.map(({ email, newId }) => [email, newId])))

    const verified = await service.call('POST', `${rotations}/${number}/verify`)
    expect(verified).toMatchObject({ status: 200, body: { changed: people, notYetVisible: 0, wrongs: 0 } })
    const csv = await service.call('GET', `${rotations}/${number}/files/report.csv`)
    expect(csv.headers['content-disposition']).toContain(`rotation-${number}-report.csv`)
    expect(csv.body.trim().split('\n')).toHaveLength(people + 1)
    const html = await service.call('GET', `${rotations}/${number}/files/report.html`)
    expect(html.body).toContain('</html>')
    const letters = await service.call('GET', `${rotations}/${number}/files/letters.csv`)
    for (const { newId } of seen.slice(0, 3)) expect(letters.body).toContain(`/meet/${newId}`)
    expect((await service.call('GET', `${rotations}/${number}/files/report.exe`)).status).toBe(400)

    const undo = await service.call('POST', `${rotations}/${number}/undo`)
    expect(undo.body).toMatchObject({ state: 'planned', undoOf: number, source: 'snapshot' })
    await runToTheEnd(undo.body.number)
    expect(await service.roomIds()).toEqual(before)
    const listed = await service.call('GET', rotations)
    expect(listed.body.items.map((each: { number: number }) => each.number)).toEqual([undo.body.number, number])
  })

  it('leaves its changes in the history under its number, its events in the audit log, and no token', async () => {
    const tokens = async () => (await service.call('GET', '/api/tokens')).body.items
    const before = await tokens()
    const { number } = await plan()
    await runToTheEnd(number)
    expect(await tokens()).toEqual(before)
    const stored = await service.store.db.selectFrom('token').select('token_id').execute()
    expect(stored).toHaveLength(before.length)
    const [mine] = before
    const changes = await service.call('GET', `/api/sites/${siteUrl}/changes?max=1`)
    expect(changes.body.items[0]).toMatchObject({ rotationId: String(number), tokenId: mine.id })
    const acts = await service.call('GET', `/api/audit-events?siteUrl=${siteUrl}`)
    const known = acts.body.items.filter((act: { subject: string }) => act.subject === String(number))
    expect(known.map((act: { action: string }) => act.action)).toEqual(['rotation.started', 'rotation.planned'])
    const site = await service.call('GET', `/v1/admin/meeting/config/commonSettings?siteUrl=${siteUrl}`)
    expect(site.body.siteOptions.allowCustomPersonalRoomURL).toBe(true)
  })

  it('pauses in the middle and resumes', async () => {
    const before = await service.roomIds()
    const { number } = await plan({ ...everyone, ids: { kind: 'system' } })
    expect((await service.call('POST', `${rotations}/${number}/resume`)).status).toBe(409)
    const started = await service.call('POST', `${rotations}/${number}/start`)
    expect(started.body.state).toBe('running')
    const stopped = await service.call('POST', `${rotations}/${number}/pause`)
    expect(stopped.body).toMatchObject({ state: 'stopped', stopReason: 'Stopped on request.' })
    expect(stopped.body.counts.done).toBeLessThan(people)
    expect((await service.call('POST', `${rotations}/${number}/start`)).status).toBe(409)
    expect((await service.call('POST', `${rotations}/${number}/resume`)).status).toBe(200)
    expect((await follow(number)).at(-1)!.data).toMatchObject({ state: 'finished', counts: { done: people } })
    const after = await service.roomIds()
    for (const [email, id] of Object.entries(before)) expect(after[email]).not.toBe(id)
  })

  it('shows a rotation whose process died as stopped, and resumes it', async () => {
    const { number } = await plan()
    await service.store.write('takeRotation', {
      siteId: 1,
      rotation: number,
      owner: 'elsewhere:1',
      now: Date.now() - 60_000,
      dead: [],
      audit: null,
    })
    const shown = await service.call('GET', `${rotations}/${number}`)
    expect(shown.body).toMatchObject({ state: 'stopped', counts: { pending: people } })
    expect((await service.call('POST', `${rotations}/${number}/resume`)).status).toBe(200)
    expect((await follow(number)).at(-1)!.data).toMatchObject({ state: 'finished', counts: { done: people } })
  })

  it('stops after the batch in flight when the service stops, and another process resumes it', async () => {
    const other = await startService(engine)
    try {
      const siteId = await other.addSite()
      const hosts = Array.from({ length: people }, (_, number) => ({ email: `host${number}@example.com` }))
      await other.addPeople(siteId, hosts)
      const { body } = await other.call('POST', rotations, { ...everyone, canary: 0 })
      await other.call('POST', `${rotations}/${body.number}/start`)
      await other.app.stopRotations()
      const stopped = await other.call('GET', `${rotations}/${body.number}`)
      expect(stopped.body).toMatchObject({ state: 'stopped', counts: { sent: 0, unsure: 0 } })
      expect((await other.call('POST', `${rotations}/${body.number}/resume`)).status).toBe(503)
      const settings = `/v1/admin/meeting/config/commonSettings?siteUrl=${siteUrl}`
      expect((await other.call('GET', settings)).body.siteOptions.allowCustomPersonalRoomURL).toBe(true)

      const next = await buildServer({ store: other.store, rateLimit: null })
      const headers = as(other.token)
      await next.inject({ method: 'POST', url: `${rotations}/${body.number}/resume`, headers })
      const followed = await next.inject({ url: `${rotations}/${body.number}/events`, headers })
      expect(followed.body).toContain('"state":"finished"')
      await next.close()
      for (const [email, id] of Object.entries(await other.roomIds())) expect(email.split('@')[0]).not.toBe(id)
    } finally {
      await other.close()
    }
  })

  it('runs under the lock of the administrator who started it, and waits while another holds one', async () => {
    const lock = `/api/sites/${siteUrl}/lock`
    const { number } = await plan()
    expect((await service.call('PUT', lock, { minutes: 5 })).status).toBe(200)
    await runToTheEnd(number)
    await service.call('DELETE', lock)

    const second = await plan()
    const other = await service.addToken({})
    await service.call('PUT', lock, { minutes: 5 }, as(other))
    expect((await service.call('POST', `${rotations}/${second.number}/start`)).status).toBe(200)
    const read = async () => (await service.call('GET', `${rotations}/${second.number}`)).body
    while ((await read()).waitingUntil === null) await new Promise(done => setTimeout(done, 50))
    const paused = await service.call('POST', `${rotations}/${second.number}/pause`)
    expect(paused.body).toMatchObject({ state: 'stopped', counts: { done: 0, refused: 0 } })
    await service.call('DELETE', lock, undefined, as(other))
    await service.call('POST', `${rotations}/${second.number}/resume`)
    expect((await follow(second.number)).at(-1)!.data).toMatchObject({ state: 'finished', counts: { done: people } })
  })

  it("is paused immediately while another's lock keeps several batches waiting", async () => {
    const lock = `/api/sites/${siteUrl}/lock`
    const { number } = await plan({ ...everyone, canary: 0, freeze: true })
    const other = await service.addToken({})
    await service.call('PUT', lock, { minutes: 1000 }, as(other))
    await service.call('POST', `${rotations}/${number}/start`)
    const read = async () => (await service.call('GET', `${rotations}/${number}`)).body
    while ((await read()).waitingUntil === null) await new Promise(done => setTimeout(done, 50))
    // Long enough for every worker to have taken a batch.
    await new Promise(done => setTimeout(done, 300))
    const { body } = await service.call('POST', `${rotations}/${number}/pause`)
    expect(body).toMatchObject({ state: 'stopped', counts: { done: 0, refused: 0, sent: 0, unsure: 0 } })
    const settings = `/v1/admin/meeting/config/commonSettings?siteUrl=${siteUrl}`
    expect((await service.call('GET', settings)).body.siteOptions.allowCustomPersonalRoomURL).toBe(true)
    await service.call('DELETE', lock, undefined, as(other))
    await service.call('POST', `${rotations}/${number}/resume`)
    expect((await follow(number)).at(-1)!.data).toMatchObject({ state: 'finished', counts: { done: people } })
  })

  it('stops when the token of the administrator who started it ends', async () => {
    const theirs = await service.addToken({})
    const { number } = await plan({ ...everyone, freeze: false })
    const session = await service.call('GET', '/api/session', undefined, as(theirs))
    await service.call('POST', `${rotations}/${number}/start`, undefined, as(theirs))
    await service.call('DELETE', `/api/tokens/${session.body.tokenId}`)
    const end = (await follow(number)).at(-1)!.data
    expect(end.state).toBe('stopped')
    expect(end.stopReason).toMatch(/token of the administrator who started this has expired or was revoked/)
    await service.call('POST', `${rotations}/${number}/resume`)
    expect((await follow(number)).at(-1)!.data.state).toBe('finished')
  })

  it('shows a plan whose process died as failed, lets it be discarded, and deletes it by itself', async () => {
    const day = 24 * 60 * 60 * 1000
    const die = (owner: string, now: number) =>
      service.store.write('createRotation', {
        siteUrl,
        target: 'http://127.0.0.1/v1',
        profile: 'roomkey',
        source: JSON.stringify({ kind: 'system' }),
        choice: message('choiceEveryone'),
        undoOf: null,
        canary: 0,
        freeze: false,
        owner,
        now,
      })
    const gone = await die(`${hostname()}:${2 ** 22 + 1}:${processSpace}:1`, Date.now())
    const ours = await die(`${hostname()}:${process.pid}:${processSpace}:1`, Date.now())
    const elsewhere = await die('elsewhere:1:0123456789ab:1', Date.now())
    // Containers may share a hostname, and their first process is always 1.
    const twins = await Promise.all(
      [2 ** 22 + 1, process.pid].map(pid => die(`${hostname()}:${pid}:0123456789ab:1`, Date.now())),
    )
    const silent = await die('elsewhere:1', Date.now() - 2 * 60 * 60 * 1000)
    const shown = async ({ rotation }: { rotation: number }) =>
      (await service.call('GET', `${rotations}/${rotation}`)).body
    for (const key of [gone, ours, silent]) {
      expect(await shown(key)).toMatchObject({
        state: 'failed',
        stopReason: expect.stringMatching(/plan it again/),
      })
      expect((await follow(key.rotation)).map(({ event }) => event)).toEqual(['end'])
    }
    for (const key of [elsewhere, ...twins]) expect(await shown(key)).toMatchObject({ state: 'planning' })
    expect((await service.call('DELETE', `${rotations}/${elsewhere.rotation}`)).status).toBe(409)

    // It stands in nobody's way.
    const { number } = await plan()
    await runToTheEnd(number)
    expect((await service.call('DELETE', `${rotations}/${gone.rotation}`)).status).toBe(204)
    const old = await die('elsewhere:1', Date.now() - 3 * day)
    await service.store.write('addItems', {
      ...old,
      items: [{ number: 1, kind: 'move', personId: 'p', email: 'a@b', name: '', oldId: 'a', newId: 'b', reason: null }],
      now: Date.now() - 3 * day,
    })
    await plan()
    expect((await service.call('GET', `${rotations}/${old.rotation}`)).status).toBe(404)
    expect(await shown(silent)).toMatchObject({ state: 'failed' })
    const items = service.store.db.selectFrom('rotation_item').select('number').where('rotation', '=', old.rotation)
    expect(await items.execute()).toEqual([])
  })

  it('says that a plan is gone if somebody discards it while others start or approve it', async () => {
    const one = { who: 'listed', name: 'one.csv', csv: 'email\nhost1@example.com\n' }
    for (let round = 0; round < 8; round += 1) {
      const { number } = await plan({ ...everyone, people: one })
      const calls = ['approve', 'start', 'approve'].map(deed => service.call('POST', `${rotations}/${number}/${deed}`))
      const answers = await Promise.all([...calls, service.call('DELETE', `${rotations}/${number}`)])
      const thrown = answers.at(-1)!
      expect(answers.filter(({ status }) => ![200, 204, 403, 404, 409].includes(status))).toEqual([])
      if (thrown.status === 409) await follow(number)
      else expect((await service.call('GET', `${rotations}/${number}`)).status).toBe(404)
    }
  })

  it('runs one rotation of a site at a time', async () => {
    const [one, other] = [await plan(), await plan()]
    const started = await Promise.all(
      [one, other].map(({ number }) => service.call('POST', `${rotations}/${number}/start`)),
    )
    expect(started.map(({ status }) => status).sort()).toEqual([200, 409])
    const refused = started.findIndex(({ status }) => status === 409)
    await follow([other, one][refused]!.number)
    const thrown = await service.call('DELETE', `${rotations}/${[one, other][refused]!.number}`)
    expect(thrown.status).toBe(204)
  })

  it('plans the people of a list, and says what is wrong with an invalid one', async () => {
    const csv = 'email,personalMeetingRoomId\nHOST1@example.com,a-new-room-for-1\nnobody@example.com,another\n'
    const listed = { ...everyone, people: { who: 'listed', name: 'some.csv', csv }, ids: { kind: 'csv' } }
    const unmatched = await service.call('POST', rotations, listed)
    expect(unmatched.status).toBe(400)
    expect(JSON.stringify(unmatched.body)).toContain('nobody@example.com (line 3)')
    const { number, counts, left } = await plan({ ...listed, allowUnmatched: true })
    expect(counts).toMatchObject({ pending: 1, left: people })
    expect(left).toContainEqual({
      reason: 'Nobody on this site has this address.',
      message: { code: 'leftUnknownPerson', params: {} },
      count: 1,
    })
    await service.call('DELETE', `${rotations}/${number}`)
    const items = service.store.db.selectFrom('rotation_item').select('number').where('rotation', '=', number)
    expect(await items.execute()).toEqual([])
    for (const wrong of ['colour\nred\n', 'email\na@b.c\nA@b.c\n', '', 'email\n"a@b.c\n']) {
      const answer = await service.call('POST', rotations, { ...listed, people: { ...listed.people, csv: wrong } })
      expect(answer.status).toBe(400)
    }
  })

  it('keeps the warnings from planning, for anybody who looks later', async () => {
    const guessable = { ...everyone, ids: { kind: 'random', prefix: '', bits: 20 } }
    const { number, warnings } = await plan(guessable)
    expect(warnings).toEqual([expect.stringMatching(/^The new IDs have \d\d bits/)])
    const another = await buildServer({ store: service.store, rateLimit: null })
    const headers = as(service.token)
    expect((await another.inject({ url: `${rotations}/${number}`, headers })).json().warnings).toEqual(warnings)
    expect((await another.inject({ url: rotations, headers })).json().items[0].warnings).toEqual(warnings)
    await another.close()
    await service.call('DELETE', `${rotations}/${number}`)
  })

  it('is closed to administrators of other sites and to those who are none', async () => {
    const { number } = await plan()
    await service.addSite(undefined, 'other.webex.com')
    const elsewhere = await service.addToken({ role: 'siteAdmin', sites: ['other.webex.com'] })
    const user = await service.addToken({ role: 'user', scopes: ['meeting:preferences_write'] })
    for (const token of [elsewhere, user]) {
      for (const [method, path] of [
        ['GET', rotations],
        ['POST', rotations],
        ['GET', `${rotations}/${number}`],
        ['GET', `${rotations}/${number}/items`],
        ['GET', `${rotations}/${number}/events`],
        ['GET', `${rotations}/${number}/files/report.csv`],
        ['GET', `${rotations}/${number}/files/letters.csv`],
        ['DELETE', `${rotations}/${number}`],
        ...['approve', 'start', 'resume', 'pause', 'undo', 'verify', 'rehearse'].map(deed => [
          'POST',
          `${rotations}/${number}/${deed}`,
        ]),
      ] as ['GET' | 'POST' | 'DELETE', string][]) {
        const body = path === rotations && method === 'POST' ? everyone : undefined
        expect((await service.call(method, path, body, as(token))).status, `${method} ${path}`).toBe(403)
      }
    }
    const same = `/api/sites/other.webex.com/rotations/${number}`
    expect((await service.call('GET', same, undefined, as(elsewhere))).status).toBe(404)
    await service.call('DELETE', `${rotations}/${number}`)
  })

  it('reports a rehearsal against a target that always fails, and refuses one against a target that never answers', async () => {
    const { number } = await plan()
    const rehearse = (faults: object, speed = 3600) =>
      service.call('POST', `${rotations}/${number}/rehearse`, { faults, speed })
    expect(await rehearse({ serverError: 1 })).toMatchObject({
      status: 200,
      body: {
        end: 'stopped',
        reason: expect.stringContaining('does not respond'),
        counts: { done: 0 },
        verified: { changed: 0, notYetVisible: 0, wrongs: 0 },
      },
    })
    expect(await rehearse({ storm: { everySeconds: 60, forSeconds: 60 } })).toMatchObject({
      status: 400,
      body: { errors: [{ description: expect.stringContaining('never ends') }] },
    })
    expect((await rehearse({ callsPerSecond: 1e-9 })).status).toBe(400)
    await service.call('DELETE', `${rotations}/${number}`)
  })

  it('cancels a rehearsal when its caller hangs up, whatever it waits for', async () => {
    const { number } = await plan()
    const rotation = await getRotation(service.store.db, { siteId, rotation: number })
    const planned = () => planToCopy(service.store.db, rotation)
    const slow = () => ({ faults: { callsPerSecond: 0.01 }, speed: 1, workers: 4, giveUp: AbortSignal.timeout(300) })
    const here = rehearseWith(sandboxTarget(buildServer))
    expect(await here(await planned(), slow())).toMatchObject({ end: { end: 'stopped' } })
    await expect(rehearseInThread(await planned(), slow())).rejects.toMatchObject({ status: 503 })
    await service.call('DELETE', `${rotations}/${number}`)
  })

  it('gives a rotation no more rights than its administrator has', async () => {
    const { number } = await plan()
    const reader = await service.addToken({ scopes: ['roomkey:admin', 'spark-admin:people_read'] })
    const before = await service.roomIds()
    await service.call('POST', `${rotations}/${number}/start`, undefined, as(reader))
    expect((await follow(number)).at(-1)!.data).toMatchObject({ state: 'stopped' })
    expect(await service.roomIds()).toEqual(before)
  })

  describe('where the site asks for a second administrator', () => {
    let anna: string
    let hers: string
    let bob: string
    beforeAll(async () => {
      anna = await service.addToken({ email: 'Anna@example.com' })
      hers = await service.addToken({ email: 'anna@example.com' })
      bob = await service.addToken({ email: 'bob@example.com', scopes: [...scopes], sites: [siteUrl] })
      await service.call('PATCH', `/api/sites/${siteUrl}`, { needsApproval: true })
    })

    /** A plan of Anna's, and calls about it. */
    async function planned(wish: object = everyone) {
      const { body } = await service.call('POST', rotations, wish, as(anna))
      expect(body.approval).toBe('needed')
      const call = (deed: string, token: string) =>
        service.call('POST', `${rotations}/${body.number}/${deed}`, undefined, as(token))
      const read = async () => (await service.call('GET', `${rotations}/${body.number}`)).body
      return { number: body.number as number, call, read }
    }

    it('needs the approval of another person than the planner, whichever token they use', async () => {
      const { number, call, read } = await planned()
      for (const token of [anna, bob, service.token]) expect((await call('start', token)).status).toBe(409)
      for (const token of [anna, hers]) {
        const refused = await call('approve', token)
        expect(refused).toMatchObject({ status: 403 })
        expect(refused.body.errors[0].description).toMatch(/ask a second administrator/)
      }
      const user = await service.addToken({ email: 'carl@example.com', role: 'user', scopes: ['roomkey:admin'] })
      expect((await call('approve', user)).status).toBe(403)
      expect((await read()).approval).toBe('needed')
      const approved = await call('approve', bob)
      expect(approved).toMatchObject({ status: 200, body: { approval: 'given', state: 'planned' } })
      expect((await call('start', anna)).status).toBe(200)
      expect((await follow(number)).at(-1)!.data.state).toBe('finished')
      const acts = await service.call('GET', `/api/audit-events?siteUrl=${siteUrl}`)
      const consent = acts.body.items.find((act: { action: string }) => act.action === 'rotation.approved')
      expect(consent).toMatchObject({ subject: String(number), detail: { planHash: approved.body.planHash } })
    })

    it('applies an approval to the plan that was seen, and to no other', async () => {
      const { number, call, read } = await planned()
      expect((await call('approve', bob)).status).toBe(200)
      const { db } = service.store
      const before = await service.roomIds()
      await changeLine(number, 'a-link-of-somebodys-own')
      const refused = await call('start', anna)
      expect(refused).toMatchObject({ status: 409 })
      expect(refused.body.errors[0].description).toMatch(/is not what was planned/)

      // Hashed anew, it is a plan that nobody has approved.
      const key = { siteId, rotation: number }
      const row = (await db.selectFrom('rotation').selectAll().where('rotation', '=', number).execute())[0]!
      const hash = await planHash({ ...row, site_url: siteUrl }, eachItem(db, key))
      await tamper(`update rotation set plannedhash = '${hash}' where rotation = ${number}`)
      expect((await read()).approval).toBe('needed')
      const again = await call('start', anna)
      expect(again).toMatchObject({ status: 409 })
      expect(again.body.errors[0].description).toMatch(/waits for a second administrator/)
      expect(await service.roomIds()).toEqual(before)
      expect((await call('approve', bob)).body.approval).toBe('given')
      expect((await call('start', anna)).status).toBe(200)
      expect((await follow(number)).at(-1)!.data.state).toBe('finished')
    })

    it('asks again for each plan: of an undo, and of one that replaces another', async () => {
      const one = await planned()
      await one.call('approve', bob)
      await one.call('start', anna)
      await follow(one.number)
      const undo = await one.call('undo', anna)
      expect(undo.body).toMatchObject({ approval: 'needed', undoOf: one.number })
      const start = `${rotations}/${undo.body.number}/start`
      expect((await service.call('POST', start, undefined, as(anna))).status).toBe(409)

      const two = await planned()
      await two.call('approve', bob)
      await service.call('DELETE', `${rotations}/${two.number}`)
      const instead = await planned()
      expect(instead.number).toBe(two.number)
      expect((await instead.call('start', anna)).status).toBe(409)
    })

    /** Changes the database behind the service's back. */
    async function tamper(statement: string) {
      if (engine === 'postgres') return void (await sql.raw(statement).execute(service.store.db))
      const raw = openDatabase(service.store.place)
      raw.exec(statement)
      raw.close()
    }
    const changeLine = (number: number, id: string) =>
      tamper(`update rotation_item set new_id = '${id}', new_key = '${id}' where rotation = ${number} and number = 3`)
  })
})
