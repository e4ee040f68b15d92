/** The imitated target: each of its faults shows, and over a socket it is the same target. */
import { expect, it } from 'vitest'
import { openStore } from '#roomkey/store/open-store.js'
import { createWebexClient } from '#roomkey/webex/calls/client.js'
import { systemClock } from '#roomkey/webex/calls/clock.js'
import { staticToken } from '#roomkey/webex/sign-in/token-source.js'
import type { Fault } from '../../devtools/target-double/fault.ts'
import { faultNames, faults } from '../../devtools/target-double/faults.ts'
import { makePeople } from '../../devtools/target-double/people.ts'
import { serveTarget } from '../../devtools/target-double/serve.ts'
import { makeTargetDouble } from '../../devtools/target-double/target-double.ts'
import { VirtualClock } from '../support/virtual-clock.ts'
import { play } from './scenarios/play.ts'
import { judge } from './scenarios/promises.ts'

const refresh = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId'

/** All that a caller sees who lists, reads, refreshes, and waits for half an hour. */
async function seen(chosen: Fault[], kind: 'webex' | 'roomkey'): Promise<string> {
  const clock = new VirtualClock()
  const people = makePeople(30)
  const target = makeTargetDouble({ clock, people, kind, faults: chosen })
  const trace: string[] = []
  const call = async (path: string, body?: object) => {
    const url = path.startsWith('/') ? target.world.origin + path : path
    const asked = target.fetch(url, {
      headers: { authorization: 'Bearer token' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(50),
    })
    try {
      const answer = await clock.run(asked)
      trace.push(`${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`)
      return /<([^>]*)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
    } catch (error) {
      trace.push(`lost: ${(error as Error).message}`)
      return undefined
    }
  }
  const batch = (ids: (string | null)[], first = 0) =>
    call(refresh, {
      siteUrl: 'example.webex.com',
      personalMeetingRoomIds: ids.map((personalMeetingRoomId, index) => ({
        email: people[first + index]!.email,
        ...(personalMeetingRoomId === null ? { systemGenerated: true } : { personalMeetingRoomId }),
      })),
    })
  let next: string | undefined = '/v1/people?max=1000'
  for (let page = 0; next !== undefined && page < 5; page += 1) {
    // A page that is nowhere ends the list.
    next = await call(next)
    if (next !== undefined && !URL.canParse(next)) next = undefined
  }
  await batch(['person1', 'person0', 'person2'])
  await batch(people.map((_, index) => `given${index}`))
  await batch(
    people.slice(5).map((_, index) => `again${index}`),
    5,
  )
  await batch(['given6'], 5)
  await batch(
    people.slice(8).map(() => null),
    8,
  )
  for (const person of people) {
    await call(`/v1/meetingPreferences/personalMeetingRoom?userEmail=${person.email}&siteUrl=example.webex.com`)
  }
  return JSON.stringify([trace, target.account.changes])
}

it('has faults that each show to a caller', async () => {
  const without = { webex: await seen([], 'webex'), roomkey: await seen([], 'roomkey') }
  const silent: string[] = []
  for (const name of faultNames) {
    const shows = [await seen([faults[name]], 'webex'), await seen([faults[name]], 'roomkey')]
    if (shows[0] === without.webex && shows[1] === without.roomkey) silent.push(name)
  }
  expect(silent).toEqual([])
})

it('has a list that cannot be read, whatever else is wrong with its links', async () => {
  const links = faultNames.filter(name => name.startsWith('link'))
  for (const [one, other] of links.flatMap(one => links.map(other => [one, other] as const))) {
    if (one === other || !(faults[one].listUnreadable || faults[other].listUnreadable)) continue
    const clock = new VirtualClock()
    const target = makeTargetDouble({ clock, people: makePeople(30), faults: [faults[one], faults[other]] })
    const client = createWebexClient(target.world.origin, { fetch: target.fetch, token: staticToken('token'), clock })
    const whole = (async () => {
      const listed: string[] = []
      for await (const page of client.people()) listed.push(...page.map(person => person.personId))
      return listed
    })()
    await expect(clock.run(whole), `${one} and ${other}`).rejects.toThrow(/page|list/)
  }
})

it('loses the refresh of one room alone twice in a row at most', async () => {
  for (const name of ['resetBefore', 'html502Before', 'hangAfter', 'redirectRefresh'] as const) {
    const clock = new VirtualClock()
    const people = makePeople(3)
    const target = makeTargetDouble({ clock, people, faults: [faults[name]] })
    const client = createWebexClient(target.world.origin, { fetch: target.fetch, token: staticToken('token'), clock })
    const kinds: string[] = []
    for (let call = 0; call < 15; call += 1) {
      const { email } = people[call % 3]!
      const answer = await clock.run(client.refresh('example.webex.com', [{ email, roomId: `new${call}` }], 'key'))
      if (call % 3 === 0) kinds.push(answer.kind)
    }
    expect(kinds, name).toEqual(['unknown', 'unknown', 'accepted', 'unknown', 'unknown'])
  }
})

it('is the same target over a socket, with compressed answers', async () => {
  const target = makeTargetDouble({
    clock: systemClock,
    people: makePeople(30),
    latencyMs: 0,
    faults: [faults.bodyCut],
  })
  const served = await serveTarget(target, { gzip: true })
  const client = createWebexClient(served.url, { fetch, token: staticToken('token') })
  const listed: string[] = []
  for await (const page of client.people()) listed.push(...page.map(person => person.personId))
  expect(listed).toEqual(target.world.people.map(person => person.personId))
  expect(await client.readRoom('example.webex.com', 'person3@example.com')).toMatchObject({ roomId: 'person3' })

  const items = [{ email: 'person3@example.com', roomId: 'new3' }]
  expect(await client.refresh('example.webex.com', items, 'key')).toMatchObject({ kind: 'unknown' })
  expect(target.account.changes).toMatchObject([{ from: 'person3', to: 'new3' }])
  expect(await client.refresh('example.webex.com', items, 'key')).toMatchObject({ kind: 'accepted' })
  await served.close()
})

it('is judged by its own account: a rotation without faults keeps every promise', async () => {
  const store = await openStore('sqlite::memory:')
  for (const profile of ['webex', 'roomkey'] as const) {
    for (const ids of ['random', 'given', 'system'] as const) {
      const played = await play(
        { faults: [], ids, profile, people: 30, kill: null, undo: 'verified', seed: 3, engine: 'sqlite' },
        store,
        `${profile}-${ids}.webex.com`,
      )
      expect(judge(played)).toEqual([])
      expect(played.run!.after.changes).toBeGreaterThanOrEqual(30)
      expect(played.letters.length).toBe(30)
      expect([...played.undo!.run!.after.rooms.values()]).toEqual(played.cast.people.map(person => person.firstId))
    }
  }
  await store.close()
})
