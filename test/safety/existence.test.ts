/** Other people's data looks as if it did not exist: the answers are the same, to the byte. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeToken } from '#roomkey/store/access/tokens.js'
import { engines } from '../support/engines.ts'
import { tokenIdOf } from './callers.ts'
import { alpha, bravo, startWorld, type World } from './two-sites.ts'

const nowhere = 'nowhere.webex.test'

for (const engine of engines) {
  describe(`${engine}: what is another's`, () => {
    let world: World
    let tokens: Record<'admin' | 'host', string>
    let alphaToken: string

    beforeAll(async () => {
      world = await startWorld(engine)
      const { service } = world
      tokens = {
        admin: await service.addToken({ role: 'siteAdmin', sites: [bravo.url] }),
        host: await service.addToken({ role: 'user', sites: [bravo.url], email: bravo.host }),
      }
      alphaToken = await tokenIdOf(service, await service.addToken({ role: 'siteAdmin', sites: [alpha.url] }))
    })
    afterAll(() => world.service.close())

    /** An answer without what differs each time, and without the words of the request. */
    async function ask(
      token: string,
      method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      path: string,
      body?: object,
    ) {
      const answer = await world.service.call(method, path, body, { authorization: `Bearer ${token}` })
      const { trackingid: _, date: _now, ...headers } = answer.headers
      const { trackingId: _its, ...said } = answer.body
      return { status: answer.status, headers, said }
    }

    it('an administrator cannot find out about another site', async () => {
      const calls = (site: string, person: string, webhook: string, token: string) =>
        [
          ['GET', `/api/sites/${site}`],
          ['GET', `/api/sites/${site}/rooms/${person}`],
          ['GET', `/api/sites/${site}/ids/alpha.carol`],
          ['GET', `/api/sites/${site}/rotations/1`],
          ['GET', `/api/audit?siteUrl=${site}`],
          ['GET', `/api/audit-events?siteUrl=${site}`],
          ['GET', `/v1/people/${person}`],
          ['PUT', `/v1/people/${person}`, { displayName: 'X' }],
          ['DELETE', `/v1/people/${person}`],
          ['GET', `/v1/people?email=${person}@alpha.test`.replace('person-alpha-', '')],
          ['GET', `/v1/webhooks/${webhook}`],
          ['DELETE', `/v1/webhooks/${webhook}`],
          ['GET', `/api/webhooks/${webhook}/deliveries`],
          ['DELETE', `/api/tokens/${token}`],
          ['POST', '/api/tokens', { name: 'x', role: 'user', scopes: ['spark:people_read'], sites: [site] }],
          ['POST', '/api/sites', { siteUrl: site }],
          ['POST', '/v1/people', { emails: ['ada@alpha.test'], displayName: 'X', siteUrls: [site] }],
          ['GET', `/v1/meetingPreferences?siteUrl=${site}&userEmail=ada@alpha.test`],
          [
            'POST',
            '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId',
            { siteUrl: site, personalMeetingRoomIds: [{ email: 'ada@alpha.test', systemGenerated: true }] },
          ],
        ] as const
      const there = calls(alpha.url, 'person-alpha-carol', world.webhookId, alphaToken)
      const missing = calls(nowhere, 'person-alpha-nobody', `${world.webhookId}x`, 'x'.repeat(36))
      for (const [index, [method, path, body]] of there.entries()) {
        const answer = await ask(tokens.admin, method, path, body)
        const [, missingPath, missingBody] = missing[index]!
        expect([path, answer]).toEqual([path, await ask(tokens.admin, method, missingPath, missingBody)])
        if (method !== 'GET' || !path.includes('email=')) expect([path, answer.status >= 400]).toEqual([path, true])
      }
    })

    it('a host cannot find out about colleagues', async () => {
      for (const [there, missing] of [
        ['/v1/people/person-bravo-benjamin', '/v1/people/person-bravo-nobody'],
        ['/v1/people?email=benjamin@bravo.test', '/v1/people?email=nobody@bravo.test'],
        ['/v1/people?displayName=benjamin', '/v1/people?displayName=nobody'],
        ['/v1/meetingPreferences?userEmail=benjamin@bravo.test', '/v1/meetingPreferences?userEmail=nobody@bravo.test'],
        [
          '/v1/meetingPreferences/sites?userEmail=ada@alpha.test',
          '/v1/meetingPreferences/sites?userEmail=x@alpha.test',
        ],
      ] as const) {
        expect(await ask(tokens.host, 'GET', there)).toEqual(await ask(tokens.host, 'GET', missing))
      }
    })

    it('an expired or revoked token looks like one that never existed', async () => {
      const { service } = world
      const expired = await service.addToken({ expiresAt: Date.now() - 1 })
      const never = await ask('rk_nobody', 'GET', '/api/session')
      expect(never.status).toBe(401)
      expect(await ask(expired, 'GET', '/api/session')).toEqual(never)
      expect(await ask(`${tokens.admin.slice(0, -1)}!`, 'GET', '/api/session')).toEqual(never)
    })

    it('a nearly correct token takes as long as a wrong one', async () => {
      const { app } = world.service
      const nearly = `${tokens.admin.slice(0, -1)}!`
      const times: Record<'nearly' | 'far', number[]> = { nearly: [], far: [] }
      for (let round = 0; round < 200; round += 1) {
        for (const kind of ['nearly', 'far'] as const) {
          const headers = { authorization: `Bearer ${kind === 'nearly' ? nearly : makeToken()}` }
          const begun = performance.now()
          await app.inject({ url: '/api/session', headers, remoteAddress: `10.${round}.1.${kind.length}` })
          times[kind].push(performance.now() - begun)
        }
      }
      // How often one takes longer than the other: one half, plus or minus four standard deviations.
      const longer = times.nearly.flatMap(one => times.far.map(other => Number(one > other)))
      const share = longer.reduce((sum, each) => sum + each, 0) / longer.length
      expect(share).toBeGreaterThan(0.38)
      expect(share).toBeLessThan(0.62)
    })
  })
}
