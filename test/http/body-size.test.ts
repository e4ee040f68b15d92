/** What a body may cost before it is refused, and who is refused before any of it is read. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasAtMost } from '#roomkey/http/limits/body-size.js'
import { siteUrl, startService, type TestService } from '../support/service.ts'

describe('counting fields', () => {
  const nested = (depth: number): unknown => JSON.parse(`${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`)

  it.each<[string, unknown, number]>([
    ['nothing', undefined, 0],
    ['text', 'text', 0],
    ['a list', [1, [2, 3], {}], 5],
    ['fields in fields', { a: { b: { c: null }, d: [] } }, 4],
    ['deep nesting', nested(2_000), 4_000],
    ['a hundred thousand fields', Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`f${n}`, n])), 100_000],
  ])('%s', (_, value, count) => {
    expect(hasAtMost(count, value)).toBe(true)
    if (count > 0) expect(hasAtMost(count - 1, value)).toBe(false)
  })
})

describe('bodies', () => {
  let service: TestService
  let otherAdministrator: string

  beforeAll(async () => {
    service = await startService('sqlite')
    await service.addSite()
    otherAdministrator = await service.addToken({ sites: ['elsewhere.webex.com'] })
  })
  afterAll(() => service.close())

  const send = (method: 'POST' | 'PUT' | 'PATCH', url: string, payload: string, token = service.token) =>
    service.app.inject({
      method,
      url,
      payload,
      headers: {
        'content-type': 'application/json',
        'x-roomkey-console': '1',
        accept: 'application/problem+json',
        authorization: `Bearer ${token}`,
      },
    })

  async function operations(): Promise<['POST' | 'PUT' | 'PATCH', string][]> {
    const { body } = await service.call('GET', '/openapi.json')
    return Object.entries<object>(body.paths).flatMap(([path, methods]) =>
      (['POST', 'PUT', 'PATCH'] as const)
        .filter(method => method.toLowerCase() in methods)
        .map((method): [typeof method, string] => [method, path.replace('{siteUrl}', siteUrl).replace(/{\w+}/g, '1')]),
    )
  }

  it('are refused by every call in few words, whatever is in them', async () => {
    const unknown = (count: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, n])))
    const hostile = {
      'a thousand unknown fields': unknown(1_000),
      'three thousand': unknown(3_000),
      'a long list': JSON.stringify({ personalMeetingRoomIds: Array(3_000).fill(1), sites: Array(3_000).fill(1) }),
      'lists in lists': '['.repeat(20_000) + ']'.repeat(20_000),
      'more bytes than any call takes': unknown(100_000),
    }
    const all = await operations()
    expect(all.length).toBeGreaterThan(20)
    for (const [method, path] of all) {
      for (const [what, body] of Object.entries(hostile)) {
        const answer = await send(method, path, body)
        const { errors } = answer.json()
        const case_ = `${method} ${path}, ${what}`
        expect([case_, Math.floor(answer.statusCode / 100)]).toEqual([case_, 4])
        expect([case_, errors.length <= 101, answer.body.length < 40_000]).toEqual([case_, true, true])
      }
    }
  })

  it('say how much is too much', async () => {
    const detailOf = async (path: string, body: string) => (await send('POST', path, body)).json().detail
    const long = (kibibytes: number) => JSON.stringify({ code: 'x'.repeat(kibibytes * 1024) })
    expect(await detailOf('/api/session', long(5))).toBe(
      'The body is larger than 4 KiB, the most that this call takes.',
    )
    expect(await detailOf('/v1/webhooks', long(65))).toBe(
      'The body is larger than 64 KiB, the most that this call takes.',
    )
    const many = JSON.stringify({ a: Array(2_000).fill(0) })
    expect(await detailOf('/v1/webhooks', many)).toMatch(/more than 2,000 fields and items/)
    const query = await service.call(
      'GET',
      `/v1/people?${'a&b&c&'.repeat(34)}`.replace(/\w/g, (x, at) => x + at),
    )
    expect([query.status, query.body.errors.length]).toEqual([400, 1])
  })

  it('are not read where the site or the rotation in the URL is refused', async () => {
    const unreadable = '{'
    const statusOf = async (...call: Parameters<typeof send>) => (await send(...call)).statusCode
    const plan = `/api/sites/${siteUrl}/rotations`
    expect(await statusOf('POST', plan, unreadable, otherAdministrator)).toBe(403)
    expect(await statusOf('PATCH', `/api/sites/${siteUrl}`, unreadable, otherAdministrator)).toBe(403)
    expect(await statusOf('POST', '/api/sites/nowhere.webex.com/rotations', unreadable)).toBe(404)
    expect(await statusOf('POST', `${plan}/7/rehearse`, unreadable)).toBe(404)
    const preference = `/v1/meetingPreferences/audio?siteUrl=${siteUrl}&userEmail=a@example.com`
    expect(await statusOf('PUT', preference, unreadable, otherAdministrator)).toBe(403)
    expect(await statusOf('POST', plan, unreadable)).toBe(400)
  })

  it('of sign-ins are counted before they are read', async () => {
    const statuses = []
    for (let n = 0; n < 601; n += 1) statuses.push((await send('POST', '/api/session', '{')).statusCode)
    expect([new Set(statuses.slice(0, 550)), statuses.at(-1)]).toEqual([new Set([400]), 429])
  })
})
