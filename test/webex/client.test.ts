import { describe, expect, it } from 'vitest'
import type { Fetch } from '#roomkey/webex/calls/calls.js'
import { createWebexClient } from '#roomkey/webex/calls/client.js'
import { renewedToken, staticToken } from '#roomkey/webex/sign-in/token-source.js'
import { VirtualClock } from '../support/virtual-clock.ts'

const site = 'example.webex.com'

/** A target that gives these answers, one after the other. */
function script(...replies: (Response | Error)[]) {
  const calls: { url: string; init: RequestInit }[] = []
  const fetch: Fetch = async (url, init) => {
    calls.push({ url, init })
    const reply = replies[Math.min(calls.length, replies.length) - 1]!
    if (reply instanceof Error) throw reply
    return reply
  }
  const clock = new VirtualClock()
  return {
    calls,
    clock,
    client: (base = 'https://api.example') => createWebexClient(base, { fetch, token: staticToken('t0ken'), clock }),
  }
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })

const room = { hostPin: '4325', personalMeetingRoomLink: `https://${site}/meet/jdoe` }

describe('reading', () => {
  it('waits for Retry-After in full', async () => {
    const { clock, client } = script(json(429, {}, { 'retry-after': '17' }), json(200, room))
    const start = clock.now()
    expect(await clock.run(client().readRoom(site, 'j@example.com'))).toEqual({ roomId: 'jdoe' })
    expect(clock.now() - start).toBeGreaterThanOrEqual(17_000)
  })

  it('understands a Retry-After that is a date', async () => {
    const until = new Date(new VirtualClock().now() + 9_000).toUTCString()
    const { clock, client } = script(json(429, {}, { 'retry-after': until }), json(200, room))
    const start = clock.now()
    await clock.run(client().readRoom(site, 'j@example.com'))
    expect(clock.now() - start).toBeGreaterThanOrEqual(8_000)
  })

  it('retries after a failure, and gives up with one sentence', async () => {
    const cut = Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }),
    })
    const well = script(cut, json(502, {}), json(200, room))
    expect(await well.clock.run(well.client().readRoom(site, 'j@example.com'))).toEqual({ roomId: 'jdoe' })
    const down = script(cut)
    await expect(down.clock.run(down.client().readSelfService(site))).rejects.toThrow(
      /does not respond \(connection reset\)/,
    )
    expect(down.calls).toHaveLength(6)
    const away = script(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))
    await expect(away.clock.run(away.client().readRoom(site, 'j@example.com'))).rejects.toThrow(/connection refused/)
  })

  it('knows the sites of a person, each as host or as attendee', async () => {
    const person = { id: 'p1', emails: ['a@example.com'], siteUrls: [`${site}#attendee`, 'Other.webex.com'] }
    const { client } = script(json(200, { items: [person] }))
    const { value } = await client().people().next()
    expect(value[0].sites).toEqual(
      new Map([
        [site, 'attendee'],
        ['other.webex.com', 'host'],
      ]),
    )
  })

  it.each([
    ['https://api.example', 'https://api.example/v1/people?max=1000'],
    ['https://api.example/v1/', 'https://api.example/v1/people?max=1000'],
    ['https://api.example/webex/v1', 'https://api.example/webex/v1/people?max=1000'],
  ])('understands the base URL %s', async (base, expected) => {
    const { calls, client } = script(json(200, { items: [] }))
    await client(base).people().next()
    expect(calls[0]!.url).toBe(expected)
  })

  const html = () => new Response('<html>', { headers: { 'content-type': 'text/html' } })
  const moved = () => new Response(null, { status: 302, headers: { location: 'https://trap.example/?secret=1' } })
  it.each([
    ['of another shape', () => json(200, { personalMeetingRoomLink: 7 }), 'responseMalformed'],
    ['without a link', () => json(200, { personalMeetingRoomLink: '' }), 'responseMalformed'],
    [
      'that is a link of a meeting',
      () => json(200, { personalMeetingRoomLink: 'https://x.com/j/1' }),
      'responseMalformed',
    ],
    ['that is a web page', html, 'answerPage'],
    ['that is empty', () => new Response(''), 'answerEmpty'],
    ['that is a redirect', moved, 'answerRedirect'],
    ['that is a 502', () => json(502, {}), 'responseStatus'],
  ])('asks again after an answer %s, and then knows that it does not know', async (_, odd, code) => {
    const once = script(odd(), json(200, room))
    expect(await once.clock.run(once.client().readRoom(site, 'j@example.com'))).toEqual({ roomId: 'jdoe' })
    const always = script(...Array.from({ length: 8 }, odd))
    expect(await always.clock.run(always.client().readRoom(site, 'j@example.com'))).toMatchObject({ unclear: { code } })
    expect(always.calls.length).toBe(code === 'responseStatus' ? 6 : 4)
    expect(always.calls.every(({ url }) => new URL(url).host === 'api.example')).toBe(true)
  })

  it('gives up where no room can be read', async () => {
    const { client, clock } = script(...Array.from({ length: 40 }, html))
    const one = client()
    const emails = ['a', 'b', 'c', 'd', 'e'].map(name => `${name}@example.com`)
    for (const email of emails.slice(0, 4)) {
      for (let time = 0; time < 2; time += 1) {
        expect(await clock.run(one.readRoom(site, email))).toMatchObject({ unclear: { code: 'answerPage' } })
      }
    }
    await expect(clock.run(one.readRoom(site, emails[4]!))).rejects.toThrow(/room of e@example.com: a web page/)
  })

  it.each([
    `https://${site}/meet/jdoe`,
    `https://${site}/join/jdoe`,
    `https://${site}/example/meet/jdoe`,
    `https://${site}/Example/join/jdoe/`,
    `https://${site.toUpperCase()}/MEET/jdoe?pwd=1#x`,
    `http://${site}:443/meet/jd%6Fe`,
    ` ${site}/meet/jdoe `,
  ])('understands the link %s', async link => {
    const { client } = script(json(200, { personalMeetingRoomLink: link }))
    expect(await client().readRoom(site, 'j@example.com')).toEqual({ roomId: 'jdoe' })
  })

  it('never lets the host PIN through', async () => {
    const { client } = script(json(200, room))
    expect(JSON.stringify(await client().readRoom(site, 'j@example.com'))).not.toContain('4325')
  })
})

describe('refreshing', () => {
  const items = [{ email: 'a@example.com', roomId: 'new1' }]

  it('sends what the operation takes, and asks for the offending items', async () => {
    const { calls, client } = script(
      json(200, { personalMeetingRoomIds: [{ email: 'a@example.com', personalMeetingRoomId: 'new1' }] }),
    )
    expect(await client().refresh(site, items, 'key-1')).toMatchObject({ kind: 'accepted' })
    const { url, init } = calls[0]!
    expect(url).toBe('https://api.example/v1/admin/meetingPreferences/personalMeetingRoom/refreshId')
    expect(JSON.parse(String(init.body))).toEqual({
      siteUrl: site,
      personalMeetingRoomIds: [{ email: 'a@example.com', personalMeetingRoomId: 'new1' }],
    })
    expect(init.headers).toMatchObject({
      accept: 'application/problem+json, application/json',
      'idempotency-key': 'key-1',
    })
  })

  it.each([
    ['a 5xx', json(503, {}), 'unknown'],
    ['an answer of no shape', new Response('<html>', { status: 200 }), 'unknown'],
    ['a cut', Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'unknown'],
    ['no connection', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'unsent'],
    ['a 429', json(429, {}, { 'retry-after': '3' }), 'later'],
    ['a 403', json(403, { message: 'no' }), 'denied'],
    ['a 404 about the site', json(404, { errors: [{ description: 'Site not found.' }] }), 'denied'],
    ['a 404 about a person', json(404, { errors: [{ description: 'User not found on this site.' }] }), 'refused'],
    [
      'a 400',
      json(400, { errors: [{ description: 'Personal meeting room ID is being used by someone else.' }] }),
      'refused',
    ],
  ])('sends once and reports what is known after %s', async (_, reply, kind) => {
    const { calls, client } = script(reply)
    expect(await client().refresh(site, items, 'key')).toMatchObject({ kind })
    expect(calls).toHaveLength(1)
  })

  it('reads the offenders that problem+json names', async () => {
    const errors = [{ detail: 'Taken.', pointer: '#/personalMeetingRoomIds/73/personalMeetingRoomId' }]
    const { client } = script(json(400, { title: 'Bad request', errors }))
    expect(await client().refresh(site, items, 'key')).toMatchObject({ offenders: [{ item: 73, reason: 'Taken.' }] })
  })

  it('renews a token before it expires, and once after a 401', async () => {
    const clock = new VirtualClock()
    let made = 0
    const renew = async () => {
      made += 1
      return {
        accessToken: `t${made}`,
        accessExpiresAt: clock.now() + 3_600_000,
        refreshToken: 'r',
        refreshExpiresAt: clock.now() * 2,
        scopes: [],
      }
    }
    let present = { ...(await renew()), accessExpiresAt: clock.now() + 1000 }
    const kept = {
      read: () => present,
      replace: (_: unknown, renewed: typeof present) => {
        present = renewed
      },
    }
    const used: unknown[] = []
    const fetch: Fetch = async (_, init) => {
      used.push((init.headers as Record<string, string>).authorization)
      return used.length === 2 ? json(401, {}) : json(200, room)
    }
    const token = renewedToken(kept, { now: () => clock.now(), renew })
    const client = createWebexClient('https://api.example', { fetch, token, clock })
    await clock.run(Promise.all([client.readRoom(site, 'a@example.com')]))
    await clock.run(client.readRoom(site, 'a@example.com'))
    expect(used).toEqual(['Bearer t2', 'Bearer t2', 'Bearer t3'])
  })
})
