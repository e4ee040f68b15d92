import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { randomRule, siteUrl, startService, type TestService } from '../support/service.ts'

const json = { accept: 'application/json' }
const html = { accept: 'text/html,*/*' }

for (const engine of engines) {
  describe(`${engine}: the link of a room`, () => {
    let service: TestService
    let clients = 0

    beforeEach(async () => {
      service = await startService(engine)
      const siteId = await service.addSite()
      await service.addPeople(siteId, [
        { email: 'ada@example.com', roomId: 'Ada' },
        { email: 'ben@example.com', roomId: 'suspended', suspended: true },
        { email: 'cyd@example.com', roomId: 'retired' },
        { email: 'dan@example.com', roomId: 'deleted' },
      ])
      await service.refresh([{ email: 'cyd@example.com', systemGenerated: true }])
      await service.call('DELETE', '/v1/people/person-dan')
    })
    afterEach(() => service.close())

    /** From another client each time. */
    async function look(id: string, headers: Record<string, string> = json, remoteAddress?: string) {
      clients += 1
      const answer = await service.app.inject({
        url: `/meet/${id}`,
        headers,
        remoteAddress: remoteAddress ?? `10.${clients >> 16}.${(clients >> 8) & 255}.${clients & 255}`,
      })
      const { trackingid: _each, date: _now, ...rest } = answer.headers
      return { status: answer.statusCode, headers: rest, body: answer.body.replace(/ROOMKEY_[\w-]+/, '') }
    }

    it('resolves a live room, whatever the case', async () => {
      const answer = await look('aDA')
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.body)).toEqual({
        siteUrl,
        personalMeetingRoomId: 'Ada',
        personalMeetingRoomLink: `https://${siteUrl}/meet/Ada`,
        sipAddress: `Ada@${siteUrl}`,
      })
      expect((await look('ada', html)).body).toContain(`https://${siteUrl}/meet/Ada`)
    })

    it('answers unknown, retired, suspended, deleted and impossible ones identically', async () => {
      for (const headers of [json, html]) {
        const unknown = await look('unknown1', headers)
        expect(unknown.status).toBe(404)
        for (const id of ['retired', 'suspended', 'deleted', '%20', 'x'.repeat(65), '%F0%9F%94%91']) {
          expect(await look(id, headers)).toEqual(unknown)
        }
      }
    })

    it('takes the same time for all of them', async () => {
      const kinds = ['unknown1', 'retired', 'suspended'] as const
      const times: Record<string, number[]> = { unknown1: [], retired: [], suspended: [] }
      for (let round = 0; round < 150; round += 1) {
        for (const kind of kinds) {
          const begun = performance.now()
          await look(kind)
          times[kind]!.push(performance.now() - begun)
        }
      }
      // How often one kind takes longer than the other: one half, plus or minus four and a half standard deviations.
      for (const kind of ['retired', 'suspended']) {
        const longer = times[kind]!.flatMap(one => times.unknown1!.map(other => Number(one > other)))
        const share = longer.reduce((sum, each) => sum + each, 0) / longer.length
        expect(share).toBeGreaterThan(0.35)
        expect(share).toBeLessThan(0.65)
      }
    })

    it('says that a room may have moved where the site wants that, for every dead link alike, and never where to', async () => {
      await service.call('PATCH', `/api/sites/${siteUrl}`, { movedPage: true })
      const retired = await look('retired', html)
      expect(retired.body).toContain('ask your host')
      expect(retired.body).not.toContain('pr')
      for (const id of ['unknown1', 'suspended']) expect(await look(id, html)).toEqual(retired)
    })

    it('finds the site by its host name', async () => {
      const other = await service.addSite(randomRule, 'other.webex.com')
      await service.addPeople(other, [{ email: 'zoe@example.com', roomId: 'Ada' }])
      const at = async (host: string) => {
        const { status, body } = await look('ada', { ...json, host })
        return status === 200 ? JSON.parse(body).siteUrl : status
      }
      expect(await at('other.webex.com:8787')).toBe('other.webex.com')
      expect(await at('EXAMPLE.webex.com')).toBe(siteUrl)
      expect(await at('nowhere.webex.com')).toBe(404)
    })

    it('makes only the guessing client wait', async () => {
      const statuses = []
      for (let guess = 0; guess < 125; guess += 1) {
        statuses.push((await look(guess % 2 ? 'ada' : `g${guess}`, json, '10.200.0.1')).status)
      }
      expect(statuses.slice(0, 120)).not.toContain(429)
      expect(statuses.slice(120)).toEqual([429, 429, 429, 429, 429])
      expect((await look('ada', json, '10.200.0.2')).status).toBe(200)
    })
  })
}
