/** `startRoomkey`, as the tests of another program use it. */
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { startRoomkey } from '../../src/testkit/start-roomkey.ts'
import type { Seed, StartOptions } from '../../src/testkit/types.ts'

const siteUrl = 'example.webex.com'
const ann = { email: 'ann@example.com', personalMeetingRoomId: 'ann.lee' }
const seed: Seed = { sites: [{ siteUrl, people: [ann, { email: 'bob@example.com' }] }] }
const refreshPath = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId'

async function start(options: StartOptions = { seed }) {
  const roomkey = await startRoomkey(options)
  onTestFinished(() => roomkey.close())
  const token = await roomkey.token()
  const send = (path: string, init: RequestInit = {}, by = token) =>
    fetch(roomkey.url + path, {
      ...init,
      headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json', ...init.headers },
    })
  const refresh = (items: object[], by = token) =>
    send(refreshPath, { method: 'POST', body: JSON.stringify({ siteUrl, personalMeetingRoomIds: items }) }, by)
  return { roomkey, token, send, refresh }
}

it('refreshes a room, and shows the call that did', async () => {
  const { roomkey, refresh } = await start()
  const answer = await refresh([{ email: 'ann@example.com', personalMeetingRoomId: 'new-id-1' }])
  expect(answer.status).toBe(200)
  expect(await roomkey.people.roomId('ann@example.com')).toBe('new-id-1')
  expect(roomkey.calls('refreshId')).toMatchObject([
    {
      number: 1,
      method: 'POST',
      status: 200,
      body: { siteUrl },
      answer: { personalMeetingRoomIds: [{ email: 'ann@example.com', personalMeetingRoomId: 'new-id-1' }] },
    },
  ])
  expect(JSON.stringify(roomkey.calls())).not.toContain('Bearer')
})

it('comes back to its start, and to a snapshot', async () => {
  const { roomkey, refresh } = await start()
  await refresh([{ email: 'ann@example.com', personalMeetingRoomId: 'new-id-1' }])
  await roomkey.snapshot()
  await roomkey.people.add({ email: 'cleo@example.com', personalMeetingRoomId: 'cleo' })
  await roomkey.restore()
  expect(await roomkey.people.roomId('cleo@example.com')).toBeNull()
  expect(await roomkey.people.roomId('ann@example.com')).toBe('new-id-1')
  await roomkey.reset()
  expect(await roomkey.people.roomId('ann@example.com')).toBe('ann.lee')
  expect(roomkey.calls()).toEqual([])
})

it('leaves nothing of a seed that cannot be', async () => {
  const { roomkey } = await start()
  const people = [{ email: 'dora@example.com' }, { email: 'ann@example.com' }]
  await expect(roomkey.seed({ sites: [{ siteUrl, people }] })).rejects.toThrow('Person 2')
  expect(await roomkey.people.roomId('dora@example.com')).toBeNull()
})

it('keeps two of them apart', async () => {
  const [one, other] = await Promise.all([start(), start()])
  await one.refresh([{ email: 'ann@example.com', personalMeetingRoomId: 'only-here' }])
  expect(await other.roomkey.people.roomId('ann@example.com')).toBe('ann.lee')
  expect((await other.refresh([{ email: 'bob@example.com', systemGenerated: true }], one.token)).status).toBe(401)
})

it('uses up a fault once, whatever calls at the same time', async () => {
  const { roomkey, send } = await start()
  roomkey.faults.add({ call: 'listPeople', times: 1, fault: { status: 503, retryAfter: 'rand(30),add(30)' } })
  const answers = await Promise.all(Array.from({ length: 50 }, () => send('/v1/people')))
  const hit = answers.filter(({ status }) => status === 503)
  expect(hit.map(({ headers }) => headers.get('retry-after'))).toEqual(['rand(30),add(30)'])
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(49)
  expect(roomkey.faults.list()).toMatchObject([{ matched: 50, hit: 1 }])
})

it('hits the calls that a rule means', async () => {
  const { roomkey, refresh } = await start()
  roomkey.faults.add({ call: 'refreshId', person: 'BOB@example.com', nth: 2, times: 1, fault: { status: 502 } })
  const statuses = []
  for (const email of ['bob@example.com', 'ann@example.com', 'bob@example.com', 'bob@example.com']) {
    statuses.push((await refresh([{ email, systemGenerated: true }])).status)
  }
  expect(statuses).toEqual([200, 200, 502, 200])
  expect(() => roomkey.faults.add({ call: 'refreshIds', fault: { status: 500 } })).toThrow('There is no call')
})

it('loses answers before and after the work, resets, cuts, and applies a half', async () => {
  const { roomkey, refresh } = await start()
  const faults = [
    [{ drop: 'beforeCommit' }, false],
    [{ drop: 'afterCommit' }, true],
    [{ reset: true }, false],
  ] as const
  for (const [index, [fault, happens]] of faults.entries()) {
    roomkey.faults.add({ call: 'refreshId', times: 1, fault })
    await expect(refresh([{ email: 'ann@example.com', personalMeetingRoomId: `lost-${index}` }])).rejects.toThrow()
    expect((await roomkey.people.roomId('ann@example.com')) === `lost-${index}`).toBe(happens)
  }
  roomkey.faults.add({ call: 'refreshId', times: 1, fault: { truncate: 10 } })
  const cut = await refresh([{ email: 'ann@example.com', personalMeetingRoomId: 'cut-1' }])
  await expect(cut.text()).rejects.toThrow()

  roomkey.faults.add({ call: 'refreshId', times: 1, fault: { halfApplied: true } })
  const half = await refresh([
    { email: 'ann@example.com', personalMeetingRoomId: 'half-1' },
    { email: 'bob@example.com', personalMeetingRoomId: 'half-2' },
  ])
  expect(half.status).toBe(500)
  expect(await roomkey.people.roomId('ann@example.com')).toBe('half-1')
  expect(await roomkey.people.roomId('bob@example.com')).not.toBe('half-2')
})

it('ends tokens and quarantines by its clock', async () => {
  const { roomkey, refresh } = await start({ seed, now: '2026-01-01T00:00:00Z', frozen: true })
  const short = await roomkey.token({ expiresAt: '2026-01-31T00:00:00Z' })
  await refresh([{ email: 'ann@example.com', personalMeetingRoomId: 'new-id-1' }])
  const takeOld = () => refresh([{ email: 'bob@example.com', personalMeetingRoomId: 'ann.lee' }])
  expect((await takeOld()).status).toBe(400)
  await roomkey.clock.advance('29d')
  expect((await takeOld()).status).toBe(400)
  expect((await refresh([{ email: 'bob@example.com', systemGenerated: true }], short)).status).toBe(200)
  await roomkey.clock.advance('2d')
  expect((await takeOld()).status).toBe(200)
  expect((await refresh([{ email: 'bob@example.com', systemGenerated: true }], short)).status).toBe(401)
  expect(roomkey.clock.now().toISOString()).toBe('2026-02-01T00:00:00.000Z')
})

it('shows a room as it was, until the clock has moved on', async () => {
  const { roomkey, refresh, send } = await start()
  roomkey.clock.freeze()
  const read = async () => {
    const query = new URLSearchParams({ userEmail: 'ann@example.com', siteUrl })
    const answer = await send(`/v1/meetingPreferences/personalMeetingRoom?${query}`)
    return ((await answer.json()) as { personalMeetingRoomLink: string }).personalMeetingRoomLink.split('/').at(-1)
  }
  roomkey.faults.add({ call: 'getPersonalMeetingRoomOptions', fault: { staleSeconds: 1800 } })
  await refresh([{ email: 'ann@example.com', personalMeetingRoomId: 'new-id-1' }])
  expect(await read()).toBe('ann.lee')
  await roomkey.clock.advance('31m')
  expect(await read()).toBe('new-id-1')
})

it('lets a limit pass by its clock', async () => {
  const { roomkey, send } = await start({ seed, rateLimit: 2 })
  roomkey.clock.freeze()
  const statuses = async () => [(await send('/v1/people')).status, (await send('/v1/people')).status]
  expect(await statuses()).toEqual([200, 200])
  expect(await statuses()).toEqual([429, 429])
  await roomkey.clock.advance('1m')
  expect(await statuses()).toEqual([200, 200])
})

it('keeps a slow answer back until the clock has moved', async () => {
  const { roomkey, send } = await start()
  roomkey.clock.freeze()
  roomkey.faults.add({ call: 'GET /people', times: 1, fault: { slowMs: 60_000 } })
  let answered = false
  const answer = send('/v1/people').then(({ status }) => {
    answered = true
    return status
  })
  while (roomkey.faults.list()[0]!.hit === 0) await sleep(5)
  await roomkey.clock.advance('59s')
  expect(answered).toBe(false)
  await roomkey.clock.advance('1s')
  expect(await answer).toBe(200)
})

it('sends webhooks signed with the secret of the seed, and tries again in order', async () => {
  const got: { signature: string | undefined; at: string }[] = []
  let refuse = 3
  const receiver = createServer((request, response) => {
    got.push({ signature: request.headers['x-spark-signature'] as string, at: roomkey.clock.now().toISOString() })
    response.statusCode = refuse-- > 0 ? 500 : 204
    request.resume().on('end', () => response.end())
  })
  await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void receiver.close())
  const { port } = receiver.address() as { port: number }
  const webhooks = [{ targetUrl: `http://127.0.0.1:${port}/`, secret: 'hush' }]
  const { roomkey, refresh } = await start({ seed: { ...seed, webhooks }, now: '2026-01-01T00:00:00Z', frozen: true })
  await refresh([{ email: 'ann@example.com', personalMeetingRoomId: 'new-id-1' }])
  await roomkey.clock.advance('1h')
  expect(got.map(({ at }) => at.slice(11, 19))).toEqual(['00:00:00', '00:00:01', '00:00:03', '00:00:08'])
  expect(got.every(({ signature }) => signature !== undefined)).toBe(true)
})

it('after 31 days in one step: the ID is free, the token has ended, webhooks were tried again in their order', async () => {
  const got: { at: number; body: string }[] = []
  let refuse = 5
  const receiver = createServer((request, response) => {
    const at = roomkey.clock.now().getTime()
    let body = ''
    request.on('data', data => {
      body += data
    })
    request.on('end', () => {
      got.push({ at, body })
      response.writeHead(refuse-- > 0 ? 500 : 204).end()
    })
  })
  await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void receiver.close())
  const { port } = receiver.address() as { port: number }
  const webhooks = [{ targetUrl: `http://127.0.0.1:${port}/` }]
  const { roomkey, refresh } = await start({ seed: { ...seed, webhooks }, now: '2026-01-01T00:00:00Z', frozen: true })
  const month = await roomkey.token({ expiresAt: '2026-01-31T00:00:00Z' })
  const bob = [{ email: 'bob@example.com', personalMeetingRoomId: 'ann.lee' }]
  await refresh([{ email: 'ann@example.com', personalMeetingRoomId: 'first-id' }])
  await refresh([{ email: 'ann@example.com', personalMeetingRoomId: 'second-id' }])
  expect((await refresh(bob)).status).toBe(400)
  expect((await refresh(bob, month)).status).toBe(400)

  await roomkey.clock.advance('31d')
  expect((await refresh(bob, month)).status).toBe(401)
  expect((await refresh(bob)).status).toBe(200)
  const tried = got
    .slice(0, 7)
    .map(({ at, body }) => [
      body.includes('second-id') ? 'second' : 'first',
      (at - Date.parse('2026-01-01T00:00:00Z')) / 1000,
    ])
  // Each when it is due: a second, three and eight seconds after the change.
  expect(tried).toEqual([
    ['first', 0],
    ['second', 0],
    ['first', 1],
    ['second', 1],
    ['first', 3],
    ['second', 3],
    ['first', 8],
  ])
})

it('says what is wrong with what a test hands over, as the same calls over HTTP do', async () => {
  const { roomkey } = await start()
  const unknown = (value: unknown) => value as never
  await expect(roomkey.token({ role: unknown('king') })).rejects.toThrow('/tokens/0/role')
  expect(() => roomkey.faults.add({ fault: unknown({ status: 99 }) })).toThrow('give exactly one of status')
  expect(() => roomkey.faults.add({ fault: unknown({}) })).toThrow('give exactly one of status')
  expect(() => roomkey.faults.add(unknown({ cal: 'refreshId', fault: { status: 500 } }))).toThrow('no such field')
  expect(() => roomkey.clock.scale(-1)).toThrow('/scale')
  await expect(roomkey.clock.advance(1000.5)).resolves.toBeUndefined()
  await expect(roomkey.clock.advance(-1)).rejects.toThrow('/advance')
  await expect(roomkey.clock.set('never')).rejects.toThrow('set is not a time')
  await expect(roomkey.clock.set(new Date('never'))).rejects.toThrow('set is not a time')
  expect(() => roomkey.signIn.change({ accessSeconds: -5 })).toThrow('/accessSeconds')
  expect(roomkey.faults.list()).toEqual([])
  await expect(startRoomkey({ now: 'yesterday' })).rejects.toThrow('now is not a time')
  await expect(startRoomkey({ profile: { answers: unknown({ swaps: 'maybe' }) } })).rejects.toThrow('/answers/swaps')
})

it('says over HTTP which faults there are', async () => {
  const { roomkey, send } = await start()
  const add = async (rule: object) => {
    const answer = await send('/_roomkey/faults', { method: 'POST', body: JSON.stringify(rule) })
    return [answer.status, ((await answer.json()) as { errors?: { description: string }[] }).errors]
  }
  expect(await add({ fault: { stat: 1 } })).toEqual([
    400,
    [{ description: expect.stringContaining('give exactly one of status') }],
  ])
  expect((await add({ cal: 'refreshId', fault: { status: 500 } }))[0]).toBe(400)
  expect(roomkey.faults.list()).toEqual([])
  expect((await add({ fault: { status: 500 } }))[0]).toBe(201)
})
