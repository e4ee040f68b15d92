/** `staleReadSeconds` of a fault script: every way to read a room shows its state that long ago. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Faults } from '#roomkey/wire/faults.js'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'

const staleReadSeconds = 1800
const start = Date.UTC(2026, 0, 5, 8)

describe.each(engines)('%s: reads that are half an hour stale', engine => {
  let service: TestService
  let now: number
  const environment = { now: () => now, sleep: async () => undefined, lose: () => undefined }
  const script: Faults = { staleReadSeconds }
  beforeEach(async () => {
    now = start
    for (const fault of ['halfApplied', 'dropAfterCommit'] as const) delete script[fault]
    service = await startService(engine, null, undefined, { faults: { script, environment } })
    const siteId = await service.addSite()
    await service.addPeople(siteId, [
      { email: 'ada@example.com', personId: 'ada', roomId: 'adalove' },
      { email: 'ben@example.com', personId: 'ben', roomId: 'benhur' },
    ])
    service.token = await service.addToken({})
  })
  afterEach(() => service.close())

  const minutes = (count: number) => {
    now += count * 60_000
  }
  const refresh = async (ids: Record<string, string>) => {
    const items = Object.entries(ids).map(([name, id]) => ({ email: `${name}@example.com`, personalMeetingRoomId: id }))
    expect((await service.refresh(items)).status).toBe(200)
  }

  /** The IDs of Ada and Ben, by each way of reading them. */
  async function seen(): Promise<Record<string, string[]>> {
    const idOf = (sipAddress: string) => sipAddress.replace(`@${siteUrl}`, '')
    // biome-ignore lint/suspicious/noExplicitAny: an answer.
    const listed = (person: any) => idOf(person.sipAddresses[0].value)
    const people = (await service.call('GET', '/v1/people?max=1000')).body.items
    const ways: Record<string, string[]> = { list: people.map(listed).sort() }
    const each = async (path: (name: string) => string) => [
      (await service.call('GET', path('ada'))).body,
      (await service.call('GET', path('ben'))).body,
    ]
    ways.person = (await each(name => `/v1/people/${name}`)).map(listed)
    const query = (name: string) => `?userEmail=${name}@example.com&siteUrl=${siteUrl}`
    const rooms = await each(name => `/v1/meetingPreferences/personalMeetingRoom${query(name)}`)
    ways.link = rooms.map(room => room.personalMeetingRoomLink.replace(/.*\//, ''))
    ways.sip = rooms.map(room => idOf(room.sipAddress))
    const preferences = await each(name => `/v1/meetingPreferences${query(name)}`)
    ways.preferences = preferences.map(({ personalMeetingRoom: room }) => idOf(room.sipAddress))
    return ways
  }
  const everyWay = (ada: string, ben: string) => ({
    list: [ada, ben].sort(),
    person: [ada, ben],
    link: [ada, ben],
    sip: [ada, ben],
    preferences: [ada, ben],
  })

  it('show a change when the time is over, and not before, one by one and in the list of people', async () => {
    await refresh({ ada: 'ada-new' })
    expect(await seen()).toEqual(everyWay('adalove', 'benhur'))
    minutes(29)
    await refresh({ ada: 'ada-newer', ben: 'ben-new' })
    expect(await seen()).toEqual(everyWay('adalove', 'benhur'))
    minutes(2)
    expect(await seen()).toEqual(everyWay('ada-new', 'benhur'))
    minutes(29)
    expect(await seen()).toEqual(everyWay('ada-newer', 'ben-new'))
    expect(await service.roomIds()).toMatchObject({ 'ada@example.com': 'ada-newer', 'ben@example.com': 'ben-new' })
  })

  it('show people who swapped their IDs, and swapped back, with what each of them had', async () => {
    await refresh({ ada: 'benhur', ben: 'adalove' })
    expect(await seen()).toEqual(everyWay('adalove', 'benhur'))
    minutes(20)
    await refresh({ ada: 'adalove', ben: 'benhur' })
    expect(await seen()).toEqual(everyWay('adalove', 'benhur'))
    minutes(11)
    expect(await seen()).toEqual(everyWay('benhur', 'adalove'))
    minutes(20)
    expect(await seen()).toEqual(everyWay('adalove', 'benhur'))
  })

  it('are not ahead of a batch whose answer was lost, or that was half-applied', async () => {
    script.dropAfterCommit = 1
    await refresh({ ada: 'ada-new' })
    script.halfApplied = 1
    const items = ['ben', 'ada'].map(name => ({ email: `${name}@example.com`, personalMeetingRoomId: `${name}-half` }))
    expect((await service.refresh(items)).status).toBe(500)
    expect(await service.roomIds()).toMatchObject({ 'ada@example.com': 'ada-new', 'ben@example.com': 'ben-half' })
    expect(await seen()).toEqual(everyWay('adalove', 'benhur'))
    minutes(31)
    expect(await seen()).toEqual(everyWay('ada-new', 'ben-half'))
  })

  it('are not ahead when people are named by personId', async () => {
    const items = [{ personId: 'ada', personalMeetingRoomId: 'ada-new' }]
    expect((await service.refresh(items)).status).toBe(200)
    expect(await seen()).toEqual(everyWay('adalove', 'benhur'))
    minutes(31)
    expect(await seen()).toEqual(everyWay('ada-new', 'benhur'))
  })
})
