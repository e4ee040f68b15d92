/** Whether somebody who tries IDs of rooms is told from people who open links. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeadLooks } from '#roomkey/rooms/dead-looks.js'
import { siteUrl, startService, type TestService } from '../support/service.ts'

describe('somebody who tries IDs of rooms', () => {
  let service: TestService
  beforeEach(async () => {
    service = await startService('sqlite')
    const siteId = await service.addSite()
    await service.addPeople(
      siteId,
      Array.from({ length: 40 }, (_, n) => ({ email: `host${n}@example.com`, roomId: `host${n}` })),
    )
    await service.refresh(
      Array.from({ length: 20 }, (_, n) => ({ email: `host${n}@example.com`, systemGenerated: true })),
    )
  })
  afterEach(() => service.close())

  const look = (client: number, id: string) =>
    service.app.inject({
      url: `/meet/${id}`,
      remoteAddress: `10.${client >> 16}.${(client >> 8) & 255}.${client & 255}`,
    })

  async function reports() {
    const { body } = await service.call('GET', `/api/audit-events?siteUrl=${siteUrl}`)
    return body.items.filter(({ action }: { action: string }) => action === 'site.enumerated')
  }

  it('from a thousand addresses, a guess each, is reported once, with where from, and counted', async () => {
    for (let start = 0; start < 1000; start += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, n) => look(start + n, `guess${start + n}`)))
    }
    const [report, ...others] = await reports()
    expect(others).toEqual([])
    expect(report).toMatchObject({ subject: siteUrl, detail: { minutes: 1, ids: 60, clients: 60 } })
    expect(report.detail.busiest).toHaveLength(5)
    expect(
      (await service.app.inject({ url: '/metrics', headers: { authorization: `Bearer ${service.token}` } })).body,
    ).toContain('roomkey_enumerations_total 1')
  })

  it('is not seen in people who open links that work, that worked before, or that are mistyped', async () => {
    const ids = ['host30', 'HOST31', 'host1', 'host2', 'host32', 'hosst33', 'nobody@x']
    await Promise.all(Array.from({ length: 210 }, (_, n) => look(n, ids[n % ids.length]!)))
    expect(await reports()).toEqual([])
  })
})

describe('looks at the links of a site', () => {
  const minute = 60_000

  it('of ten thousand people with typing errors are nobody who tries IDs', () => {
    const looks = new DeadLooks()
    for (let n = 0; n < 10_000; n += 1) {
      looks.add(n * 6, `client ${n}`, n % 40 === 0 ? `typo${n}` : null)
      expect(looks.judge(n * 6)).toBeNull()
    }
  })

  it('after a rotation, when thousands of old links are opened, are nobody who tries IDs', () => {
    const looks = new DeadLooks()
    for (let n = 0; n < 5000; n += 1) looks.add(n, `client ${n}`, null)
    expect(looks.judge(5000)).toBeNull()
  })

  it('one every five seconds, for an hour, are somebody who tries IDs', () => {
    const looks = new DeadLooks()
    let reported = 0
    for (let n = 0; n < 720 && reported === 0; n += 1) {
      looks.add(n * 5000, 'slow', `guess${n}`)
      if (looks.judge(n * 5000) !== null) reported = n
    }
    expect(reported).toBe(599)
  })

  it('are forgotten after an hour, and never more than a bound are kept', () => {
    const looks = new DeadLooks()
    for (let n = 0; n < 20_000; n += 1) looks.add(n, `client ${n}`, `guess${n}`)
    expect(looks.judge(20_000)).toMatchObject({ ids: 2000, clients: 1000, looks: 20_000 })
    looks.add(62 * minute, 'late', 'late')
    expect(looks.judge(62 * minute)).toBeNull()
  })
})
