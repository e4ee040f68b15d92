/** The service with a site of hosts, and the calls that every test of its rotations makes. */
import { afterAll, beforeAll, expect } from 'vitest'
import type { TestEngine } from '../../support/engines.ts'
import { type Answer, siteUrl, startService, type TestService } from '../../support/service.ts'

export const everyone = {
  people: { who: 'everyone' },
  ids: { kind: 'random', prefix: '', bits: 60 },
  canary: 10,
  freeze: true,
}
export const rotations = `/api/sites/${siteUrl}/rotations`

/** Started before the tests of a file, and closed after them. */
export function rotationService(engine: TestEngine, people: number) {
  let service: TestService
  let siteId: number
  beforeAll(async () => {
    service = await startService(engine)
    siteId = await service.addSite()
    const hosts = Array.from({ length: people }, (_, number) => ({ email: `host${number}@example.com` }))
    await service.addPeople(siteId, hosts)
  })
  afterAll(() => service.close())

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

  return {
    service: () => service,
    siteId: () => siteId,
    as: (token: string) => ({ authorization: `Bearer ${token}` }),
    plan,
    follow,
    runToTheEnd,
  }
}
