/** The meetings that carry an old link: read at the target before and after, without its secrets, host by host. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addSeed } from '#roomkey/http/testing/add-seed.js'
import { readMeetings } from '#roomkey/rotations/meetings/read-meetings.js'
import { findRotations } from '#roomkey/store/rotations/rotations.js'
import { createWebexClient } from '#roomkey/webex/calls/client.js'
import { staticToken } from '#roomkey/webex/sign-in/token-source.js'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'
import { everything } from '../support/world.ts'

const dayMs = 24 * 60 * 60 * 1000
const soon = (days: number, hour: number) =>
  `${new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)}T${String(hour).padStart(2, '0')}:00:00Z`
const email = (name: string) => `${name}@example.com`
const meeting = (host: string, title: string, days: number, more: object = {}) => ({
  hostEmail: email(host),
  title,
  start: soon(days, 10),
  end: soon(days, 11),
  ...more,
})
const secret = 'BgJep-43-secret'

for (const engine of engines) {
  describe(`${engine}: meetings of a rotation`, () => {
    let service: TestService
    const asked: URL[] = []
    const down = new Set<string>()
    beforeAll(async () => {
      service = await startService(engine)
      const people = ['ada', 'ben', 'cleo', 'dan'].map(name => ({
        email: email(name),
        personalMeetingRoomId: `${name}-old`,
      }))
      const daily = { recurrence: 'FREQ=DAILY;INTERVAL=1;COUNT=365', invitees: [email('ben')] }
      const moved = [{ occurrence: soon(5, 10), start: soon(5, 15), end: soon(5, 16), title: 'later' }]
      const meetings = [
        meeting('ada', 'stand-up', 1, { ...daily, exceptions: [...moved, { occurrence: soon(6, 10) }] }),
        meeting('ada', 'interview', 3),
        meeting('ben', 'one to one', 2, { recurrence: 'FREQ=WEEKLY;INTERVAL=1;COUNT=4' }),
        meeting('dan', 'past', -3),
      ]
      await addSeed(service.store, { sites: [{ siteUrl, people, meetings }] }, Date.now())
      const plan = {
        people: { who: 'everyone' },
        ids: { kind: 'random', prefix: 'pr', bits: 60 },
        canary: 0,
        freeze: false,
      }
      const planned = await service.call('POST', `/api/sites/${siteUrl}/rotations`, plan)
      expect([planned.status, planned.body.message]).toEqual([201, undefined])
    })
    afterAll(() => service.close())

    /** The service, with what a real answer has besides; cleo is refused, and filters that are forgotten stay so. */
    async function target(url: string, init: RequestInit): Promise<Response> {
      const at = new URL(url)
      asked.push(at)
      const host = at.searchParams.get('hostEmail') ?? ''
      if (down.has(host)) return Response.json({ message: 'not yours' }, { status: 403 })
      const answer = await service.call(init.method as 'GET', at.pathname + at.search)
      const row = {
        ...answer.body.items?.[0],
        meetingSeriesId: 'regular',
        scheduledType: 'meeting',
        webLink: 'https://x/j.php?MTID=1',
      }
      const items = answer.body.items?.map((item: object) => ({
        ...item,
        password: secret,
        hostKey: secret,
        phoneAndVideoSystemPassword: secret,
        telephony: { accessCode: secret, callInNumbers: [] },
      }))
      const link = answer.headers.link
      return Response.json(
        { ...answer.body, items: items && [...items, ...(items.length > 0 ? [row] : [])] },
        { status: answer.status, headers: link === undefined ? {} : { link: String(link) } },
      )
    }

    const read = async (again = false) => {
      const client = createWebexClient('http://localhost', { fetch: target, token: staticToken(service.token) })
      const [rotation] = await findRotations(service.store.db, '1', siteUrl)
      const key = { siteId: rotation!.site_id, rotation: 1 }
      asked.length = 0
      return readMeetings(key, { store: service.store, client, now: Date.now }, { aheadMs: 400 * dayMs, again })
    }
    const listed = async () => {
      const { body } = await service.call('GET', `/api/sites/${siteUrl}/rotations/1/meetings`)
      type Host = { email: string; unread: string; meetings: Record<string, unknown>[] }
      const hosts = body.items.map((host: Host) => [
        host.email.split('@')[0],
        host.unread,
        ...host.meetings.map(one => `${one.title} ${one.kind} ${one.occurrences} ${one.carriesOldLink}`),
      ])
      return { counts: body.counts, hosts, body }
    }

    it('reads every page of every host, and leaves out what they are only invited to', async () => {
      down.add(email('cleo'))
      expect(await read()).toEqual({ read: 3, unread: 1, kept: 0 })
      const { hosts, counts, body } = await listed()
      expect(hosts).toEqual([
        ['ada', '', 'stand-up series 364 yes', 'interview single 1 yes'],
        ['ben', '', 'one to one series 4 yes'],
        ['cleo', 'not yours'],
      ])
      expect(counts).toEqual({ read: 3, unread: 1, hosts: 2, series: 3, occurrences: 369 })
      expect(body.items[0].meetings[0]).toMatchObject({
        oldLink: `https://${siteUrl}/meet/ada-old`,
        next: soon(1, 10).replace('Z', '.000Z'),
      })
      const pages = asked.filter(({ searchParams }) => searchParams.get('hostEmail') === email('ada'))
      expect(pages).toHaveLength(4)
      for (const { searchParams } of pages) {
        expect(Object.fromEntries(searchParams)).toMatchObject({
          siteUrl,
          meetingType: 'scheduledMeeting',
          scheduledType: 'personalRoomMeeting',
          max: '100',
          from: expect.stringMatching(/Z$/),
        })
      }
    })

    it('keeps no secret of the answers', async () => {
      const rows = JSON.stringify(await everything(service.store))
      expect(rows).toContain('stand-up')
      expect(rows).not.toContain(secret)
    })

    it('goes on with the hosts that are not known yet', async () => {
      down.clear()
      expect(await read()).toEqual({ read: 1, unread: 0, kept: 3 })
      expect((await listed()).counts).toMatchObject({ read: 4, unread: 0 })
      expect(await read()).toEqual({ read: 0, unread: 0, kept: 4 })
      expect(await read(true)).toEqual({ read: 4, unread: 0, kept: 0 })
    })

    it('reads again once rooms are changed, and tells what was there before from what may be new', async () => {
      const path = `/api/sites/${siteUrl}/rotations/1`
      expect((await service.call('POST', `${path}/start`)).status).toBe(200)
      while ((await service.call('GET', path)).body.state !== 'finished')
        await new Promise(done => setTimeout(done, 50))
      const created = {
        ...meeting('ben', 'since then', 4),
        scheduledType: 'personalRoomMeeting',
      }
      expect((await service.call('POST', '/v1/meetings', created)).status).toBe(200)
      const list = `/v1/meetings?hostEmail=${email('ada')}&meetingType=scheduledMeeting&from=${soon(3, 9)}&to=${soon(3, 12)}`
      const interview = (await service.call('GET', list)).body.items.find(
        (one: { title: string }) => one.title === 'interview',
      )
      await service.call('DELETE', `/v1/meetings/${interview.meetingSeriesId}?hostEmail=${email('ada')}`)

      expect(await read()).toEqual({ read: 4, unread: 0, kept: 0 })
      const { hosts, body } = await listed()
      expect(hosts).toEqual([
        ['ada', '', 'stand-up series 364 yes'],
        ['ben', '', 'one to one series 4 yes', 'since then single 1 perhaps'],
      ])
      expect(body.items[0].meetings[0].newLink).toMatch(/\/meet\/pr/)
    })

    it('keeps what was found before of hosts that are refused later', async () => {
      for (const name of ['ada', 'ben', 'cleo', 'dan']) down.add(email(name))
      expect(await read(true)).toEqual({ read: 0, unread: 4, kept: 0 })
      const { hosts } = await listed()
      expect(hosts[0]).toEqual(['ada', 'not yours', 'stand-up series 364 yes'])
      down.clear()
    })
  })
}
