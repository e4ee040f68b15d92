/** A rotation from its plan to its undo, and what interrupts it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { buildServer } from '#roomkey/http/server.js'
import { engines } from '../../support/engines.ts'
import { type Answer, siteUrl, startService, type TestService } from '../../support/service.ts'
import { everyone, rotationService, rotations } from './rotation-service.ts'

const people = 250

describe.each(engines)('a rotation on %s', engine => {
  const on = rotationService(engine, people)
  const { as, plan, follow, runToTheEnd } = on
  let service: TestService
  beforeAll(() => {
    service = on.service()
  })

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
    const sampled = await service.call('POST', `${rotations}/${number}/verify`, { how: 'sample', rooms: 2 })
    expect(sampled.body).toMatchObject({ changed: 2, notRead: people - 2, mayBeWrong: expect.any(Number) })
    const byList = await service.call('POST', `${rotations}/${number}/verify`, { how: 'list' })
    // Roomkey's own list shows rooms as they are, so that taking it is reading them.
    expect(byList.body).toMatchObject({ changed: people, notRead: 0, listed: 0, listVerdict: null })
    expect((await service.call('POST', `${rotations}/${number}/verify`, { how: 'sample' })).status).toBe(400)
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
})
