import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { prune } from '#roomkey/http/pruning.js'
import { wallClock } from '#roomkey/http/service-clock.js'
import { addSeed } from '#roomkey/http/testing/add-seed.js'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'
import { webexCall } from '../support/webex-openapi.ts'

const now = Date.parse('2026-03-02T08:00:00Z')
const ada = 'ada@example.com'
const ben = 'ben@example.com'

const meetings = [
  {
    hostEmail: ada,
    title: 'stand-up',
    start: '2026-03-03T09:00',
    end: '2026-03-03T09:15',
    timezone: 'Europe/Berlin',
    recurrence: 'FREQ=DAILY;INTERVAL=1;COUNT=365',
    invitees: [ben],
    exceptions: [
      { occurrence: '2026-03-05T09:00', start: '2026-03-05T11:00', end: '2026-03-05T11:15', title: 'late stand-up' },
      { occurrence: '2026-03-06T09:00' },
    ],
  },
  { hostEmail: ada, title: 'once', start: '2026-03-04T10:00:00Z', end: '2026-03-04T11:00:00Z', invitees: [ben] },
  { hostEmail: ada, title: 'past', start: '2026-02-01T10:00:00Z', end: '2026-02-01T11:00:00Z' },
  { hostEmail: ben, title: "ben's", start: '2026-03-04T12:00:00Z', end: '2026-03-04T13:00:00Z' },
]

for (const engine of engines) {
  describe(`${engine}: meetings in personal rooms`, () => {
    let service: TestService
    let at = now
    beforeAll(async () => {
      service = await startService(engine, null, undefined, { clock: { ...wallClock, now: () => at } })
      const people = [ada, ben, 'guest@example.com'].map(email => ({ email, host: email !== 'guest@example.com' }))
      await addSeed(service.store, { sites: [{ siteUrl, people, meetings }] }, now)
    })
    beforeEach(() => {
      at = now
    })
    afterAll(() => service.close())

    const occurrences = { meetingType: 'scheduledMeeting', scheduledType: 'personalRoomMeeting' }
    const list = (query: Record<string, string>, headers = {}) =>
      service.call('GET', `/v1/meetings?${new URLSearchParams(query)}`, undefined, headers)
    const titles = async (query: Record<string, string>) =>
      (await list({ hostEmail: ada, siteUrl, ...query })).body.items.map((item: { title: string }) => item.title)
    const asUser = async (email: string) => ({
      authorization: `Bearer ${await service.addToken({ role: 'user', email })}`,
    })

    it('lists occurrences of a week as Webex describes them, moved ones at their new time, cancelled ones not', async () => {
      const answer = await list({ hostEmail: ada, siteUrl, ...occurrences, max: '100' }, { timezone: 'Europe/Berlin' })
      expect(webexCall('GET', '/meetings').faults(200, answer.body)).toEqual([])
      const shown = answer.body.items.map((one: Record<string, unknown>) => [one.title, one.start, one.isModified])
      expect(shown).toEqual([
        ['stand-up', '2026-03-03T09:00:00+01:00', false],
        ['stand-up', '2026-03-04T09:00:00+01:00', false],
        ['once', '2026-03-04T11:00:00+01:00', false],
        ['late stand-up', '2026-03-05T11:00:00+01:00', true],
        ['stand-up', '2026-03-07T09:00:00+01:00', false],
        ['stand-up', '2026-03-08T09:00:00+01:00', false],
      ])
      const [first] = answer.body.items
      expect(first).toMatchObject({
        id: `${first.meetingSeriesId}_20260303T080000Z`,
        meetingType: 'scheduledMeeting',
        state: 'scheduled',
        hostEmail: ada,
        webLink: `https://${siteUrl}/meet/${(await service.roomIds())[ada]}`,
        scheduledType: 'personalRoomMeeting',
      })
      expect(first.recurrence).toBeUndefined()
    })

    it('follows the clock of its zone through the summer', async () => {
      const [last] = (await list({ hostEmail: ada, ...occurrences, from: '2026-03-29', to: '2026-03-30' })).body.items
      expect(last.start).toBe('2026-03-29T07:00:00Z')
    })

    it('shows the link that the room has now', async () => {
      await service.refresh([{ email: ada, personalMeetingRoomId: 'ada-new' }])
      const { body } = await list({ hostEmail: ada, ...occurrences, max: '1' })
      expect(body.items[0].webLink).toBe(`https://${siteUrl}/meet/ada-new`)
      expect(body.items[0].sipAddress).toBe(`ada-new@${siteUrl}`)
    })

    it('lists 365 occurrences by pages of a hundred; the link to the next forgets who and what', async () => {
      const query = { hostEmail: ada, siteUrl, ...occurrences, from: '2026-03-01', to: '2027-06-01', max: '100' }
      const first = await list(query)
      const next = new URL(/<([^>]*)>; rel="next"/.exec(String(first.headers.link))![1]!)
      expect([...next.searchParams.keys()].sort()).toEqual(['cursor', 'from', 'max', 'meetingType', 'to'])
      expect((await service.call('GET', next.pathname + next.search)).status).toBe(400)

      const seen = new Set<string>()
      let cursor: string | null = ''
      while (cursor !== null) {
        const page = await list({ ...query, ...(cursor && { cursor }) })
        for (const { id } of page.body.items) seen.add(id)
        const link = /<([^>]*)>/.exec(String(page.headers.link ?? ''))?.[1]
        cursor = link ? new URL(link).searchParams.get('cursor') : null
      }
      expect(seen.size).toBe(364 + 1)
    })

    it('lists meetings that the person is only invited to, with their own host', async () => {
      const { body } = await list({ hostEmail: ben, ...occurrences, max: '100' })
      const hosts = body.items.map((item: { hostEmail: string }) => item.hostEmail)
      expect(hosts.filter((host: string) => host === ada)).toHaveLength(6)
      expect(hosts.filter((host: string) => host === ben)).toHaveLength(1)
    })

    it('lists series that overlap the window, at their next occurrence unless asked otherwise', async () => {
      at = Date.parse('2026-04-01T12:00:00Z')
      const current = await list({ hostEmail: ada })
      expect(webexCall('GET', '/meetings').faults(200, current.body)).toEqual([])
      expect(current.body.items).toMatchObject([
        { title: 'stand-up', start: '2026-04-02T07:00:00Z', state: 'active', recurrence: meetings[0]!.recurrence },
      ])
      const whole = await list({ hostEmail: ada, current: 'false' })
      expect(whole.body.items[0].start).toBe('2026-03-03T08:00:00Z')
    })

    it('has a window of 7 days and 10 a page where nothing else is asked for', async () => {
      expect(await titles({ ...occurrences, to: '2026-02-03' })).toEqual(['past'])
      expect(await titles({ ...occurrences, from: '2026-03-20' })).toHaveLength(7)
      expect(await titles({ ...occurrences, from: '2026-03-20', to: '2026-05-01' })).toHaveLength(10)
      expect(await titles({ ...occurrences, isModified: 'true' })).toEqual(['late stand-up'])
      expect(await titles({ ...occurrences, state: 'ready' })).toEqual([])
      expect(await titles({ meetingType: 'scheduledMeeting', scheduledType: 'webinar' })).toEqual([])
      expect(await titles({ meetingType: 'meeting' })).toEqual([])
    })

    const refusedLists = [
      [{ scheduledType: 'personalRoomMeeting' }, 400, 'only for the meetingType scheduledMeeting'],
      [{ meetingSeriesId: 'x' }, 400, 'does not take the meeting ID'],
      [{ from: '2026-03-03', to: '2026-03-02' }, 400, 'from must not be after to'],
      [{ from: 'tomorrow' }, 400, 'ISO 8601'],
      [{ max: '0' }, 400, 'at least 1'],
      [{ hostEmail: 'nobody@example.com' }, 404, 'not found'],
    ] as const
    it('refuses what Webex refuses to list', async () => {
      for (const [query, status, words] of refusedLists) {
        const answer = await list({ hostEmail: ada, ...query } as Record<string, string>)
        expect([answer.status, JSON.stringify(answer.body)]).toEqual([status, expect.stringContaining(words)])
      }
    })

    it('lets a user ask for their own meetings only', async () => {
      const user = await asUser(ben)
      expect((await list(occurrences, user)).body.items.length).toBeGreaterThan(1)
      expect((await list({ ...occurrences, hostEmail: ada }, user)).status).toBe(403)
      expect((await list({ ...occurrences, hostEmail: ben }, user)).status).toBe(200)
    })

    it('creates a meeting, shows it, refuses to change it, and deletes it', async () => {
      const asked = {
        title: 'Planning',
        agenda: 'All of it',
        start: '2026-03-10T20:00:30',
        end: '2026-03-10T21:00',
        timezone: 'Asia/Shanghai',
        recurrence: 'FREQ=WEEKLY;INTERVAL=1;COUNT=4',
        scheduledType: 'personalRoomMeeting',
        hostEmail: ada,
        siteUrl,
        invitees: [{ email: 'Ben@example.com', coHost: false }],
        sendEmail: false,
      }
      const made = await service.call('POST', '/v1/meetings', asked)
      expect([made.status, webexCall('POST', '/meetings').faults(200, made.body)]).toEqual([200, []])
      expect(made.body).toMatchObject({ start: '2026-03-10T20:00:00+08:00', state: 'active', hostEmail: ada })

      const path = `/v1/meetings/${made.body.id}`
      const one = await service.call('GET', `${path}?hostEmail=${ben}`)
      expect(webexCall('GET', '/meetings/{meetingId}').faults(200, one.body)).toEqual([])
      expect(one.body).toMatchObject({ title: 'Planning', start: '2026-03-10T12:00:00Z', agenda: 'All of it' })
      const current = await service.call('GET', `${path}?hostEmail=${ada}&current=true`)
      expect(current.body).toMatchObject({ id: `${made.body.id}_20260310T120000Z`, meetingSeriesId: made.body.id })

      for (const [method, type] of [
        ['PATCH', 'application/json-patch+json'],
        ['PATCH', 'application/json'],
        ['PUT', 'application/json'],
      ] as const) {
        const changed = await service.call(method, path, JSON.stringify({ title: 'x', hostEmail: ada }), {
          'content-type': type,
        })
        expect([changed.status, JSON.stringify(changed.body)]).toEqual([400, expect.stringContaining('not supported')])
      }
      const user = await asUser(ben)
      expect((await service.call('DELETE', path, undefined, user)).status).toBe(403)

      const second = `${path}_20260317T120000Z?hostEmail=${ada}`
      expect((await service.call('DELETE', second)).status).toBe(204)
      expect((await service.call('GET', second)).status).toBe(404)
      expect((await service.call('DELETE', `${path}?hostEmail=${ada}`)).status).toBe(204)
      expect((await service.call('GET', `${path}?hostEmail=${ada}`)).status).toBe(404)
      const log = await service.call('GET', `/api/audit-events?siteUrl=${siteUrl}`)
      expect(JSON.stringify(log.body)).toContain('meeting.created')
    })

    const refusedMeetings = [
      [{ scheduledType: undefined }, 'personal rooms only'],
      [{ templateId: 'x' }, 'templateId is not supported'],
      [{ start: '2026-03-01T10:00' }, 'start must not be in the past'],
      [{ end: '2026-03-10T10:05' }, '10 minutes'],
      [{ timezone: 'Mars/Olympus' }, 'IANA'],
      [{ recurrence: 'FREQ=SECONDLY' }, 'RFC 2445'],
      [{ recurrence: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, 'RFC 2445'],
      [{ recurrence: 'FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31' }, 'RFC 2445'],
    ] as const
    it('refuses what Webex refuses to create', async () => {
      for (const [change, words] of refusedMeetings) {
        const body = { title: 'x', start: '2026-03-10T10:00', end: '2026-03-10T11:00', hostEmail: ada, siteUrl }
        const asked = { ...body, scheduledType: 'personalRoomMeeting', ...change }
        const answer = await service.call('POST', '/v1/meetings', asked)
        expect([answer.status, JSON.stringify(answer.body)]).toEqual([400, expect.stringContaining(words)])
      }
    })

    it('lets a user create a hundred a day', async () => {
      const user = await asUser(ben)
      const body = {
        title: 'x',
        start: '2026-03-10T10:00',
        end: '2026-03-10T11:00',
        scheduledType: 'personalRoomMeeting',
      }
      const statuses: number[] = []
      for (let n = 0; n < 100; n += 1) statuses.push((await service.call('POST', '/v1/meetings', body, user)).status)
      expect(statuses.slice(0, 99)).toEqual(Array(99).fill(200))
      expect(statuses[99]).toBe(429)
      at += 25 * 60 * 60 * 1000
      expect((await service.call('POST', '/v1/meetings', body, user)).status).toBe(200)
    })

    it('forgets meetings half a year after their end, and those of people who are removed', async () => {
      const kept = async () =>
        (await service.store.db.selectFrom('meeting').select(['title', 'person']).execute()).map(({ title }) => title)
      expect(await kept()).toEqual(expect.arrayContaining(['past', 'once', 'stand-up', "ben's"]))
      at = Date.parse('2026-08-01T00:00:00Z')
      await prune(service, new AbortController().signal)
      expect(await kept()).not.toContain('past')
      expect(await kept()).toEqual(expect.arrayContaining(['once', 'stand-up', "ben's"]))
      const [{ id }] = (await service.call('GET', `/v1/people?email=${ada}`)).body.items
      expect((await service.call('DELETE', `/v1/people/${id}`)).status).toBe(204)
      expect(new Set(await kept())).toEqual(new Set(['x', "ben's"]))
      expect(await service.store.db.selectFrom('meeting_invitee').selectAll().execute()).toEqual([])
    })
  })
}
