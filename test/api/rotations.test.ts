/** Rotations that the service plans and runs on its own sites. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scopes } from '#roomkey/api/scopes.js'
import { buildServer } from '#roomkey/api/server.js'
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
  beforeAll(async () => {
    service = await startService(engine)
    const siteId = await service.addSite()
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

  it('plans, shows, runs, verifies, reports and takes back', async () => {
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

  it('leaves its changes in the history under its number, its acts for the auditor, and no token that works', async () => {
    const { number } = await plan()
    await runToTheEnd(number)
    const changes = await service.call('GET', `/api/sites/${siteUrl}/changes?max=1`)
    expect(changes.body.items[0]).toMatchObject({ rotationId: String(number) })
    const acts = await service.call('GET', `/api/audit-events?siteUrl=${siteUrl}`)
    const known = acts.body.items.filter((act: { subject: string }) => act.subject === String(number))
    expect(known.map((act: { action: string }) => act.action)).toEqual(['rotation.started', 'rotation.planned'])
    const { body } = await service.call('GET', '/api/tokens')
    const own = body.items.filter((token: { name: string }) => /^(reading|rotation \d+) for /.test(token.name))
    expect(own.length).toBeGreaterThan(1)
    for (const token of own) {
      expect(token.revokedAt).not.toBeNull()
      expect(token.sites).toEqual([siteUrl])
      expect(token.scopes).not.toContain('roomkey:admin')
    }
    const site = await service.call('GET', `/v1/admin/meeting/config/commonSettings?siteUrl=${siteUrl}`)
    expect(site.body.siteOptions.allowCustomPersonalRoomURL).toBe(true)
  })

  it('stops in the middle and goes on', async () => {
    const before = await service.roomIds()
    const { number } = await plan({ ...everyone, ids: { kind: 'system' } })
    expect((await service.call('POST', `${rotations}/${number}/resume`)).status).toBe(409)
    const started = await service.call('POST', `${rotations}/${number}/start`)
    expect(started.body.state).toBe('running')
    const stopped = await service.call('POST', `${rotations}/${number}/pause`)
    expect(stopped.body).toMatchObject({ state: 'stopped', stoppedBecause: 'Stopped on request.' })
    expect(stopped.body.counts.done).toBeLessThan(people)
    expect((await service.call('POST', `${rotations}/${number}/start`)).status).toBe(409)
    expect((await service.call('POST', `${rotations}/${number}/resume`)).status).toBe(200)
    expect((await follow(number)).at(-1)!.data).toMatchObject({ state: 'finished', counts: { done: people } })
    const after = await service.roomIds()
    for (const [email, id] of Object.entries(before)) expect(after[email]).not.toBe(id)
  })

  it('shows a rotation whose process died as stopped, and goes on with it', async () => {
    const { number } = await plan()
    await service.store.write('takeRotation', {
      siteId: 1,
      rotation: number,
      owner: 'elsewhere:1',
      now: Date.now() - 60_000,
      deadOwner: null,
    })
    const shown = await service.call('GET', `${rotations}/${number}`)
    expect(shown.body).toMatchObject({ state: 'stopped', counts: { pending: people } })
    expect((await service.call('POST', `${rotations}/${number}/resume`)).status).toBe(200)
    expect((await follow(number)).at(-1)!.data).toMatchObject({ state: 'finished', counts: { done: people } })
  })

  it('stops after the batch in flight when the service stops, and another process goes on', async () => {
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

  it('plans the people of a list, and says what is wrong with one', async () => {
    const csv = 'email,personalMeetingRoomId\nHOST1@example.com,a-new-room-for-1\nnobody@example.com,another\n'
    const listed = { ...everyone, people: { who: 'listed', name: 'some.csv', csv }, ids: { kind: 'csv' } }
    const { number, counts, left } = await plan(listed)
    expect(counts).toMatchObject({ pending: 1, left: people })
    expect(left).toContainEqual({
      reason: 'Nobody on this site has this address.',
      said: { code: 'leftStranger', values: {} },
      count: 1,
    })
    await service.call('DELETE', `${rotations}/${number}`)
    for (const wrong of ['email,colour\na@b.c,red\n', 'email\na@b.c\nA@b.c\n', '', 'email\n"a@b.c\n']) {
      const answer = await service.call('POST', rotations, { ...listed, people: { ...listed.people, csv: wrong } })
      expect(answer.status).toBe(400)
    }
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

  it('gives a rotation no more than its administrator has', async () => {
    const { number } = await plan()
    const reader = await service.addToken({ scopes: ['roomkey:admin', 'spark-admin:people_read'] })
    const before = await service.roomIds()
    await service.call('POST', `${rotations}/${number}/start`, undefined, as(reader))
    expect((await follow(number)).at(-1)!.data).toMatchObject({ state: 'stopped' })
    expect(await service.roomIds()).toEqual(before)
  })

  it('waits for a second administrator where the site asks for one', async () => {
    const planner = await service.addToken({ email: 'Anna@example.com' })
    const herOther = await service.addToken({ email: 'anna@example.com' })
    const second = await service.addToken({ email: 'bob@example.com', scopes: [...scopes], sites: [siteUrl] })
    await service.call('PATCH', `/api/sites/${siteUrl}`, { needsApproval: true })
    const { body } = await service.call('POST', rotations, everyone, as(planner))
    const path = `${rotations}/${body.number}`
    expect(body.approval).toBe('needed')
    expect((await service.call('POST', `${path}/start`)).status).toBe(409)
    for (const token of [planner, herOther]) {
      expect((await service.call('POST', `${path}/approve`, undefined, as(token))).status).toBe(403)
    }
    const approved = await service.call('POST', `${path}/approve`, undefined, as(second))
    expect(approved).toMatchObject({ status: 200, body: { approval: 'given', state: 'planned' } })
    expect((await service.call('POST', `${path}/start`, undefined, as(planner))).status).toBe(200)
    expect((await follow(body.number)).at(-1)!.data.state).toBe('finished')
  })
})
