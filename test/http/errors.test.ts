import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refreshPath, siteUrl, startService, type TestService } from '../support/service.ts'

const ben = { email: 'ben@example.com', personalMeetingRoomId: 'ben-new' }
const json = { 'content-type': 'application/json' }

describe('refusals', () => {
  let service: TestService

  beforeEach(async () => {
    service = await startService('sqlite')
    await service.addPeople(await service.addSite(), [{ email: 'ben@example.com' }])
  })
  afterEach(() => service.close())

  it.each([
    ['malformed JSON', '{"siteUrl":', json],
    ['a prototype', '{"__proto__":{}}', json],
    ['an empty body', '', json],
    ['no list', { siteUrl }, {}],
    ['an empty list', { siteUrl, personalMeetingRoomIds: [] }, {}],
    ['101 items', { siteUrl, personalMeetingRoomIds: Array(101).fill(ben) }, {}],
    ['a hundred thousand items', { siteUrl, personalMeetingRoomIds: Array(100_000).fill(1) }, {}],
    ['a number for a site', { siteUrl: 7, personalMeetingRoomIds: [ben] }, {}],
    ['a null byte in the site', { siteUrl: 'a\u0000', personalMeetingRoomIds: [ben] }, {}],
    [
      'half a character in an e-mail',
      { siteUrl, personalMeetingRoomIds: [{ ...ben, email: '\ud800@example.com' }] },
      {},
    ],
    [
      'a null byte in a personId',
      { siteUrl, personalMeetingRoomIds: [{ personId: 'a\u0000', systemGenerated: true }] },
      {},
    ],
    ['null for an item', { siteUrl, personalMeetingRoomIds: [null] }, {}],
    [
      'a string for systemGenerated',
      { siteUrl, personalMeetingRoomIds: [{ email: 'ben@example.com', systemGenerated: 'true' }] },
      {},
    ],
    ['an array as the body', [], {}],
  ])('%s is a 400 in the published shape, without a trackingId', async (_what, body, headers) => {
    const answer = await service.call('POST', refreshPath, body, headers as Record<string, string>)
    expect(answer.status).toBe(400)
    expect(Object.keys(answer.body)).toEqual(['message', 'errors'])
    expect(answer.body.errors.length).toBeGreaterThan(0)
    expect(answer.headers.trackingid).toMatch(/^ROOMKEY_/)
    expect(await service.roomIds()).toEqual({ 'ben@example.com': 'ben' })
  })

  it.each([
    [[{ email: 'ben@example.com', sytemGenerated: true }], 'Unknown field "sytemGenerated".', '/0/sytemGenerated'],
    [[{ personalMeetingRoomId: 'x1' }], 'Each item needs email or personId.', '/0'],
    [[{ ...ben, personId: 'p' }], 'An item cannot have both email and personId.', '/0/personId'],
    [
      [{ email: 'ben@example.com' }],
      'Each item needs personalMeetingRoomId, or systemGenerated with the value true.',
      '/0',
    ],
    [
      [{ ...ben, systemGenerated: true }],
      'An item cannot have both personalMeetingRoomId and systemGenerated with the value true.',
      '/0/systemGenerated',
    ],
    [
      [ben, { personId: 'p', personalMeetingRoomId: 'x1' }],
      'All items must have email, or all must have personId.',
      '/1/personId',
    ],
    [
      [ben, { email: 'a@example.com', systemGenerated: true }],
      'All items must have personalMeetingRoomId, or all must have systemGenerated with the value true.',
      '/1/systemGenerated',
    ],
  ])('%j breaks a rule, and the answer names the rule and the place', async (items, detail, place) => {
    const answer = await service.refresh(items, { accept: 'application/problem+json' })
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.body).toMatchObject({
      status: 400,
      errors: [{ detail, pointer: `#/personalMeetingRoomIds${place}` }],
    })
  })

  it('answers 401, 403, 404, 405, 413 and 415 with a trackingId in the body', async () => {
    const batch = { siteUrl, personalMeetingRoomIds: [ben] }
    const reader = await service.addToken({ scopes: ['meeting:admin_preferences_read'] })
    const expired = await service.addToken({ expiresAt: Date.now() - 1 })
    const otherSite = await service.addToken({ role: 'siteAdmin', sites: ['other.webex.com'] })
    const as = (token: string) => ({ authorization: `Bearer ${token}` })

    const answers = [
      [401, await service.call('POST', refreshPath, batch, as('rk_nobody'))],
      [401, await service.call('POST', refreshPath, batch, { authorization: '' })],
      [401, await service.call('POST', refreshPath, batch, as(expired))],
      [403, await service.call('POST', refreshPath, { broken: true }, as(reader))],
      [403, await service.call('POST', refreshPath, batch, as(otherSite))],
      [404, await service.call('POST', refreshPath, { ...batch, siteUrl: 'no.webex.com' })],
      [404, await service.call('GET', '/v1/nothing')],
      [501, await service.call('GET', '/v1/recordings?max=10')],
      [405, await service.call('GET', refreshPath)],
      [413, await service.call('POST', refreshPath, 'x'.repeat(10 * 2 ** 20), json)],
      [415, await service.call('POST', refreshPath, '<a/>', { 'content-type': 'text/xml' })],
    ] as const
    for (const [status, answer] of answers) {
      expect(answer.status).toBe(status)
      expect(answer.body).toEqual({
        message: expect.any(String),
        errors: [{ description: expect.any(String) }],
        trackingId: answer.headers.trackingid,
      })
    }
    expect(answers.find(([status]) => status === 405)![1].headers.allow).toBe('POST')
    expect(answers[0][1].headers['www-authenticate']).toBe('Bearer error="invalid_token"')
  })

  it('accepts each role with its own scopes only', async () => {
    const may = async (
      role: 'contentAdmin' | 'siteAdmin' | 'user',
      scope: 'meeting:admin_preferences_write' | 'meeting:admin_config_write',
    ) => {
      const token = await service.addToken({ role, scopes: [scope], sites: [siteUrl] })
      return (await service.refresh([ben], { authorization: `Bearer ${token}` })).status
    }
    expect(await may('contentAdmin', 'meeting:admin_preferences_write')).toBe(200)
    expect(await may('siteAdmin', 'meeting:admin_config_write')).toBe(200)
    expect(await may('siteAdmin', 'meeting:admin_preferences_write')).toBe(403)
    expect(await may('contentAdmin', 'meeting:admin_config_write')).toBe(403)
    expect(await may('user', 'meeting:admin_preferences_write')).toBe(403)
  })

  it('answers broken HTTP in the usual shape', async () => {
    await service.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = service.app.server.address() as AddressInfo
    const answer = await new Promise<string>(resolve => {
      let text = ''
      const socket = connect(port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'))
      socket.on('data', data => {
        text += data
      })
      socket.on('close', () => resolve(text))
    })
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(answer).toMatch(/trackingid: ROOMKEY_/)
    expect(JSON.parse(answer.split('\r\n\r\n')[1]!)).toMatchObject({ errors: [{ description: 'This is not HTTP.' }] })
  })

  it('counts calls per token, and says when to retry', async () => {
    const limited = await startService('sqlite', 3)
    const statuses = []
    for (let n = 0; n < 4; n += 1) statuses.push(await limited.call('GET', refreshPath))
    expect(statuses.map(({ status }) => status)).toEqual([405, 405, 405, 405])

    const answers = []
    for (let n = 0; n < 4; n += 1) answers.push(await limited.refresh([]))
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 429])
    expect(Number(answers[3]!.headers['retry-after'])).toBeGreaterThan(0)
    expect(answers[3]!.body.trackingId).toBe(answers[3]!.headers.trackingid)
    await limited.close()
  })

  it('counts token guesses per client', async () => {
    const guess = () => service.call('POST', refreshPath, {}, { authorization: 'Bearer guess' })
    const answers = await Promise.all(Array.from({ length: 61 }, guess))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(60)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1)
  })
})
