/** Who may do what with a rotation. */
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { scopes } from '#roomkey/http/access/scopes.js'
import { planHash } from '#roomkey/rotations/planning/plan-hash.js'
import { eachItem } from '#roomkey/store/rotations/rotations.js'
import { openDatabase } from '#roomkey/store/sqlite/driver.js'
import { engines } from '../../support/engines.ts'
import { siteUrl, type TestService } from '../../support/service.ts'
import { everyone, rotationService, rotations } from './rotation-service.ts'

describe.each(engines)('rights to a rotation on %s', engine => {
  const on = rotationService(engine, 40)
  const { as, plan, follow } = on
  let service: TestService
  let siteId: number
  beforeAll(() => {
    service = on.service()
    siteId = on.siteId()
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

    it('is approved by nobody who made the planner’s token, or whose token the planner made, nor by a third of theirs', async () => {
      const own = { sites: [siteUrl], scopes: [...scopes] }
      const hand = await service.addToken(own)
      const make = async (token: string, name: string) =>
        (await service.call('POST', '/api/tokens', { ...own, name, role: 'siteAdmin' }, as(token))).body.token as string
      const [left, right] = [await make(hand, 'left'), await make(hand, 'right')]
      const grandchild = await make(right, 'grandchild')
      const pairs = [
        [hand, left],
        [left, hand],
        [left, right],
        [left, grandchild],
        [grandchild, hand],
      ] as const
      for (const [planner, approver] of pairs) {
        const { body } = await service.call('POST', rotations, everyone, as(planner))
        const path = `${rotations}/${body.number}`
        expect((await service.call('GET', path, undefined, as(approver))).body).toMatchObject({ plannedByYou: true })
        expect((await service.call('POST', `${path}/approve`, undefined, as(approver))).status).toBe(403)
        await service.call('DELETE', path, undefined, as(planner))
      }
      // Only the holder of a full administrator's token could be both, and that is told.
      const made = async (name: string) =>
        (await service.call('POST', '/api/tokens', { name, role: 'siteAdmin', scopes, sites: [siteUrl] })).body.token
      const [one, other] = [await made('one'), await made('other')]
      const { body } = await service.call('POST', rotations, everyone, as(one))
      const path = `${rotations}/${body.number}`
      const seen = await service.call('GET', path, undefined, as(other))
      expect(seen.body).toMatchObject({ plannedByYou: false, tokensMadeWith: expect.any(String) })
      expect((await service.call('POST', `${path}/approve`, undefined, as(other))).body).toMatchObject({
        approval: 'given',
      })
      const acts = await service.call('GET', `/api/audit-events?siteUrl=${siteUrl}`)
      const consent = acts.body.items.find((act: { action: string }) => act.action === 'rotation.approved')
      expect(consent.detail.tokensMadeWith).toBe(seen.body.tokensMadeWith)
      await service.call('DELETE', path)
    })

    it('stays needed by a plan when the site no longer asks for it, which its planner and site administrators cannot end', async () => {
      const { number, call } = await planned()
      const end = (token: string) => service.call('PATCH', `/api/sites/${siteUrl}`, { needsApproval: false }, as(token))
      expect((await end(bob)).status).toBe(403)
      for (const token of [anna, hers]) expect((await end(token)).status).toBe(409)
      expect((await end(service.token)).status).toBe(200)
      expect((await call('start', anna)).status).toBe(409)
      expect((await call('approve', hers)).status).toBe(403)
      await service.call('PATCH', `/api/sites/${siteUrl}`, { needsApproval: true })
      await service.call('DELETE', `${rotations}/${number}`)
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
      await tamper(`update rotation set plan_hash = '${hash}' where rotation = ${number}`)
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
