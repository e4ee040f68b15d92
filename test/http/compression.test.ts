/** Answers are compressed for clients that ask, and what holds secrets never is. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '#roomkey/http/app.js'
import { chosenCoding } from '#roomkey/http/plumbing/compression.js'
import { buildServer } from '#roomkey/http/server.js'
import { siteUrl, startService, type TestService } from '../support/service.ts'

describe('compression', () => {
  let service: TestService
  let app: App
  const get = (url: string, headers: Record<string, string> = {}) =>
    app.inject({ url, headers: { authorization: `Bearer ${service.token}`, ...headers } })

  beforeAll(async () => {
    service = await startService('sqlite', null)
    const people = Array.from({ length: 40 }, (_, n) => ({
      email: `person${n}@example.com`,
      displayName: `Person ${n}`,
    }))
    await service.addPeople(await service.addSite(), people)
    app = await buildServer({ store: service.store, rateLimit: null })
  })
  afterAll(async () => {
    await app.close()
    await service.close()
  })

  it.each<[string | undefined, string | null]>([
    [undefined, null],
    ['', null],
    ['identity', null],
    ['deflate', null],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['br;q=0, gzip;q=0', null],
    ['gzip;q=0, *', 'br'],
    ['*;q=0', null],
    ['*', 'br'],
    ['gzip;q=much', null],
    ['gzip ; q = 0.5', 'gzip'],
  ])('Accept-Encoding: %s', (accepted, coding) => {
    expect(chosenCoding(accepted)).toBe(coding)
  })

  it('sends the same, smaller, to a client that asks', async () => {
    const plain = await get('/v1/people?max=40')
    expect(plain.headers).toMatchObject({ vary: 'accept-encoding' })
    expect(plain.headers['content-encoding']).toBeUndefined()
    for (const [coding, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const packed = await get('/v1/people?max=40', { 'accept-encoding': coding })
      expect(packed.headers).toMatchObject({ 'content-encoding': coding, vary: 'accept-encoding' })
      expect(Number(packed.headers['content-length'])).toBe(packed.rawPayload.length)
      expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 4)
      expect(unpack(packed.rawPayload).equals(plain.rawPayload)).toBe(true)
    }
  })

  it('compresses a report while it is written', async () => {
    const ids = { kind: 'random', prefix: '', bits: 60 }
    const wanted = { people: { who: 'everyone' }, ids, canary: 0, freeze: false }
    const { number } = (await service.call('POST', `/api/sites/${siteUrl}/rotations`, wanted)).body
    const report = `/api/sites/${siteUrl}/rotations/${number}/files/report.csv`
    const plain = await get(report)
    const packed = await get(report, { 'accept-encoding': 'gzip' })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body)
    expect(plain.body.split('\n').length).toBeGreaterThan(40)
  })

  it('leaves alone what is small, what holds secrets, and what a page elsewhere has a browser ask for', async () => {
    const wants = { 'accept-encoding': 'br, gzip' }
    for (const [url, headers] of [
      [`/v1/people?email=person1@example.com`, {}],
      ['/api/tokens', {}],
      ['/v1/people?max=40', { 'sec-fetch-site': 'cross-site' }],
    ] as const) {
      const answer = await get(url, { ...wants, ...headers })
      expect([url, answer.statusCode, answer.headers['content-encoding']]).toEqual([url, 200, undefined])
    }
    for (let n = 0; n < 20; n += 1) {
      const token = {
        name: `token number ${n}`,
        role: 'user',
        scopes: ['meeting:preferences_read'],
        email: 'person1@example.com',
      }
      await service.call('POST', '/api/tokens', token)
    }
    const tokens = await get('/api/tokens', wants)
    expect(tokens.rawPayload.length).toBeGreaterThan(1400)
    expect(tokens.headers['content-encoding']).toBeUndefined()
  })
})
