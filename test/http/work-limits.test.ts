/** How much of the work that takes long goes on at once, and that it ends with the token that it is for. */
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WorkLimits } from '#roomkey/http/limits/work-limits.js'
import { wallClock } from '#roomkey/http/service-clock.js'
import { type Answer, siteUrl, startService, type TestService } from '../support/service.ts'

const caller = (tokenId: string) => ({ tokenId }) as Parameters<WorkLimits['begin']>[1]

describe('work that takes long', () => {
  const refusalOf = (begin: () => unknown): unknown => {
    try {
      return void begin()
    } catch (error) {
      const { status, headers } = error as { status: number; headers: Record<string, string> }
      return [status, headers['retry-after']]
    }
  }

  it('is bounded for a token, a site and the process, and counts only what goes on', () => {
    const work = new WorkLimits()
    const ends = [1, 2].map(n => work.begin('readings', caller(`${n}`), 'a.webex.com'))
    expect(refusalOf(() => work.begin('readings', caller('3'), 'A.webex.com'))).toEqual([429, '15'])
    ends.push(work.begin('readings', caller('1'), 'b.webex.com'))
    expect(refusalOf(() => work.begin('readings', caller('1'), 'c.webex.com'))).toEqual([429, '15'])
    ends.push(work.begin('readings', caller('4'), 'd.webex.com'))
    expect(refusalOf(() => work.begin('readings', caller('5'), 'e.webex.com'))).toEqual([503, '15'])
    expect(refusalOf(() => work.begin('exports', caller('5'), 'e.webex.com'))).toBeUndefined()
    ends[0]!()
    ends[0]!()
    expect(refusalOf(() => work.begin('readings', caller('5'), 'a.webex.com'))).toBeUndefined()
    expect(refusalOf(() => work.begin('readings', caller('6'), 'e.webex.com'))).toEqual([503, '15'])
  })
})

describe('the service', () => {
  let service: TestService
  const sites = [siteUrl, 'b.webex.com', 'c.webex.com']
  beforeAll(async () => {
    // A hundred of its seconds pass in one.
    const clock = { ...wallClock, sleep: (ms: number, signal?: AbortSignal) => wallClock.sleep(ms / 100, signal) }
    service = await startService('sqlite', null, undefined, { clock })
    for (const url of sites) {
      const siteId = await service.addSite(undefined, url)
      const people = Array.from({ length: 300 }, (_, n) => ({ email: `host${n}@${url}`, personId: `${url}-${n}` }))
      await service.addPeople(siteId, people)
    }
    await service.app.listen({ host: '127.0.0.1', port: 0 })
  })
  afterAll(() => service.close())

  const everyone = { people: { who: 'everyone' }, ids: { kind: 'words', bits: 40 }, canary: 0, freeze: false }
  async function planned(url: string): Promise<string> {
    const path = `/api/sites/${url}/rotations`
    const { status, body } = await service.call('POST', path, everyone)
    expect(status).toBe(201)
    return `${path}/${body.number}`
  }

  it('rehearses one plan of a site at once, and two altogether; the others are asked to come again', async () => {
    const plans = await Promise.all(sites.map(planned))
    const tokens = await Promise.all([1, 2, 3, 4].map(() => service.addToken({})))
    const rehearse = (plan: string, token: string): Promise<Answer> =>
      service.call('POST', `${plan}/rehearse`, { speed: 3600 }, { authorization: `Bearer ${token}` })
    const [first, ...others] = await Promise.all([
      rehearse(plans[0]!, tokens[0]!),
      rehearse(plans[0]!, tokens[1]!),
      rehearse(plans[1]!, tokens[0]!),
      rehearse(plans[1]!, tokens[2]!),
      rehearse(plans[2]!, tokens[3]!),
    ])
    expect(first).toMatchObject({ status: 200, body: { end: 'finished', counts: { done: 300 } } })
    expect(others.map(({ status }) => status)).toEqual([429, 429, 200, 503])
    for (const { status, headers } of others) if (status !== 200) expect(headers['retry-after']).toBe('30')
  })

  it('ends a stream of events with the token that it is for', async () => {
    const { port } = service.app.server.address() as AddressInfo
    const path = await planned(siteUrl)
    const rotation = Number(path.split('/').at(-1))
    const run = { siteId: 1, rotation, owner: 'elsewhere:1', now: Date.now(), dead: [], audit: null }
    expect(await service.store.write('takeRotation', run)).toBeNull()

    const token = await service.addToken({})
    const other = await service.addToken({})
    const follow = async (by: string, giveUp?: AbortSignal) => {
      const headers = { authorization: `Bearer ${by}` }
      const answer = await fetch(`http://127.0.0.1:${port}${path}/events`, {
        headers,
        ...(giveUp && { signal: giveUp }),
      })
      expect(answer.status).toBe(200)
      return answer
    }
    const giveUp = new AbortController()
    const goesOn = await follow(other, giveUp.signal)
    const streams = await Promise.all([follow(token), follow(token)])
    const { body } = await service.call('GET', '/api/session', undefined, { authorization: `Bearer ${token}` })
    expect((await service.call('DELETE', `/api/tokens/${body.tokenId}`)).status).toBe(204)
    for (const stream of streams) expect(await stream.text()).toMatch(/^event: progress\n/)
    giveUp.abort()
    await expect(goesOn.text()).rejects.toThrow('abort')
  })
})
