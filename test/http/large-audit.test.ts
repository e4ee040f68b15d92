/** The audit of a large site is made in a thread of its own, from rooms that are handed to it some at a time. */
import { afterEach, describe, expect, it } from 'vitest'
import { auditRooms } from '#roomkey/guessability/site-report/audit-rooms.js'
import { roomsOfSite, slicesOfIds, slicesOfSite } from '#roomkey/guessability/site-report/rooms-of-site.js'
import { auditInThread } from '#roomkey/http/audit/audit-in-thread.js'
import { findSite } from '#roomkey/store/sites/sites.js'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'

const rule = { prefix: 'pr', length: 12 }
const now = Date.parse('2026-06-01T00:00:00Z')

for (const engine of engines) {
  describe(`${engine}: the audit of a large site`, () => {
    let service: TestService
    afterEach(() => service.close())

    async function siteWith(count: number) {
      service = await startService(engine)
      const siteId = await service.addSite(undefined, siteUrl)
      await service.addPeople(
        siteId,
        Array.from({ length: count }, (_, n) => ({ email: `host${n}@example.com`, roomId: `room-${1000 + 3 * n}` })),
      )
      const { db } = service.store
      const site = (await findSite(db, siteUrl))!
      return { db, site, passes: () => ({ ids: slicesOfIds(db, site), rooms: slicesOfSite(db, site) }) }
    }

    it('is the same as one that is made without a thread, and knows the numbers', async () => {
      const { db, site, passes } = await siteWith(1200)
      const { audit, numbers } = await auditInThread(passes(), { now, rule }, new AbortController().signal)
      expect(audit).toEqual(await auditRooms(() => roomsOfSite(db, site), { now, rule }))
      expect(numbers.neighbours(siteUrl, 'room-1000')).toEqual({ sharing: 1200, nearest: 3 })
    })

    it('is given up when the service stops', async () => {
      const { passes } = await siteWith(1200)
      const stopping = new AbortController()
      const audit = auditInThread(passes(), { now, rule }, stopping.signal)
      setTimeout(() => stopping.abort(), 20)
      await expect(audit).rejects.toMatchObject({ status: 503 })
      await expect(auditInThread(passes(), { now, rule }, stopping.signal)).rejects.toMatchObject({ status: 503 })
    })
  })
}

describe('the service', () => {
  it('audits a site of more than ten thousand people in that thread', async () => {
    const service = await startService('sqlite')
    const siteId = await service.addSite(undefined, siteUrl)
    await service.addPeople(
      siteId,
      Array.from({ length: 10_001 }, (_, n) => ({ email: `host${n}@example.com`, roomId: `room-${n}` })),
    )
    const threads = () => process.getActiveResourcesInfo().filter(name => name === 'MessagePort').length
    const before = threads()
    const asked = service.call('GET', `/api/audit?siteUrl=${siteUrl}`)
    await expect.poll(threads, { interval: 5 }).toBeGreaterThan(before)
    expect(await asked).toMatchObject({ status: 200, body: { rooms: 10_001 } })
    await service.close()
  })
})
