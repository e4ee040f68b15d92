/** The text of requests: JSON is UTF-8, and an address is the same however it was typed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildServer } from '#roomkey/http/server.js'
import { siteUrl, startService, type TestService } from '../support/service.ts'

let service: TestService
beforeAll(async () => {
  service = await startService('sqlite')
  await service.addSite({ method: 'emailPrefix', prefix: 'pr', length: 12 })
})
afterAll(() => service.close())

const create = (email: string) => service.call('POST', '/v1/people', { emails: [email], displayName: 'Somebody' })

describe('JSON', () => {
  it('that is not UTF-8 is 400, and nothing is stored', async () => {
    const app = await buildServer({ store: service.store, rateLimit: null })
    const headers = { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' }
    const text = JSON.stringify({ emails: ['joerg@corp.test'], displayName: 'Jörg Müller' })
    const send = (payload: Buffer) => app.inject({ method: 'POST', url: '/v1/people', headers, payload })
    const refused = await send(Buffer.from(text, 'latin1'))
    expect([refused.statusCode, refused.json().errors[0].description]).toEqual([
      400,
      'The body is not UTF-8, as JSON has to be; send it with charset=utf-8.',
    ])
    expect((await service.call('GET', '/v1/people?email=joerg@corp.test')).body.items).toEqual([])
    expect((await send(Buffer.from(text))).json()).toMatchObject({ displayName: 'Jörg Müller' })
    await app.close()
  })
})

describe('an e-mail address', () => {
  it('is one person, composed or decomposed, with or without what nobody can see', async () => {
    expect((await create('ren\u00e9@corp.test')).body.emails).toEqual(['ren\u00e9@corp.test'])
    for (const same of [
      'rene\u0301@corp.test',
      'REN\u00c9@corp.test',
      '\u200bren\u00e9@corp.test',
      'ren\u00e9@corp.test\u00a0',
    ]) {
      expect([same, (await create(same)).status]).toEqual([same, 409])
      const found = await service.call('GET', `/v1/people?email=${encodeURIComponent(same)}`)
      expect([same, found.body.items]).toMatchObject([same, [{ emails: ['ren\u00e9@corp.test'] }]])
    }
    const refreshed = await service.call('POST', '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId', {
      siteUrl,
      personalMeetingRoomIds: [{ email: 'rene\u0301\u200b@corp.test', systemGenerated: true }],
    })
    expect(refreshed.body.personalMeetingRoomIds).toMatchObject([{ email: 'ren\u00e9@corp.test' }])
  })

  it.each([
    '<a@b.com>',
    'a@b.com>',
    'Ann <a@b.com>',
    'mailto:a@b.com',
    'SMTP:a@b.com',
    'a@b.com,c@d.com',
    'a@b.com;c@d.com',
    '"a b"@c.com',
    'a@b.com.',
    'a@b@c.com',
    'j\ufffdrg@b.com',
  ])('is refused where others would read something else: %s', async email => {
    expect((await create(email)).status).toBe(400)
  })
})
