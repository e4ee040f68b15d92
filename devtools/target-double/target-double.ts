/**
 * An imitation of the Webex calls that a rotation makes, as a plain `fetch` on any clock. It can be given faults, and
 * keeps an account of its own of every call and every change, by which a rotation is judged.
 */
import type { Fetch } from '#roomkey/webex/calls/calls.js'
import type { Clock } from '#roomkey/webex/calls/clock.js'
import { Chance } from '../chance.ts'
import { Account, type CallKind } from './account.ts'
import type { Answer, AskedRoom, Call, Fault, Rules, World } from './fault.ts'
import { listPeople, showPerson } from './list.ts'
import type { TargetPerson } from './people.ts'
import { findPerson, refresh, whyNot } from './refresh.ts'
import { respond } from './respond.ts'
import { Rooms } from './rooms.ts'

export interface TargetOptions {
  clock: Clock
  people: TargetPerson[]
  /** Whose habits it has where it has no faults. */
  kind?: 'webex' | 'roomkey'
  faults?: readonly Fault[]
  siteUrl?: string
  origin?: string
  seed?: number
  /** How long a call takes, in milliseconds. */
  latencyMs?: number
}

export interface TargetDouble {
  fetch: Fetch
  /** Who is there, and which rooms they have: the truth, however stale its readings are. */
  world: World
  account: Account
  /** Whether hosts may change their own links. */
  selfService: boolean
  /** Whether no call ever changes this person's room as asked. */
  isBlocked(person: TargetPerson): boolean
  /** Whether this room alone could be given this ID now. */
  allows(person: TargetPerson, id: string): boolean
}

const habits: Record<'webex' | 'roomkey', Rules> = {
  webex: {
    refusedBatch: 'changesNobody',
    swaps: 'inBatch',
    freedIds: 'free',
    ownId: 'accepted',
    offenders: 'unnamed',
    listsRooms: false,
    honoursKeys: false,
  },
  roomkey: {
    refusedBatch: 'changesNobody',
    swaps: 'inBatch',
    freedIds: 'reserved',
    ownId: 'accepted',
    offenders: 'named',
    listsRooms: true,
    honoursKeys: true,
  },
}

export function makeTargetDouble(options: TargetOptions): TargetDouble {
  const { clock, people, kind = 'webex', faults = [], seed = 1, latencyMs = 2 } = options
  const { siteUrl = 'example.webex.com', origin = 'https://target.example' } = options
  const account = new Account()
  const world = makeWorld({ siteUrl, origin, people: [...people] }, account, clock, new Chance(seed))
  const hooks = faults.map(fault => fault.begin(world))
  const rules = Object.assign({}, habits[kind], ...hooks.map(hook => hook.rules ?? {})) as Rules
  const answered = new Map<string, Answer>()
  const double: TargetDouble = {
    fetch: async (address, init) => {
      const url = new URL(address)
      if (url.origin !== world.origin) {
        account.leaks.push(url.origin)
        throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) })
      }
      const call = readCall(url, init)
      await clock.sleep(latencyMs / 2)
      const answer = answerTo(call)
      account.calls[call.number - 1]!.outcome = answer.lost ?? answer.status
      await clock.sleep(latencyMs / 2)
      return respond(answer, init.signal)
    },
    world,
    account,
    selfService: true,
    isBlocked,
    allows: (person, id) => isAllowed({ person, roomId: id }),
  }
  return double

  function readCall(url: URL, init: RequestInit): Call {
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    const method = init.method ?? 'GET'
    const kind = kindOf(method, url)
    const about = peopleOf(kind, url, body)
    const number = account.calls.length + 1
    account.calls.push({ number, kind, at: clock.now(), people: about.map(person => person.personId), outcome: null })
    return { number, nth: account.count(kind), kind, method, url, headers: new Headers(init.headers), body, about }
  }

  function peopleOf(kind: CallKind, url: URL, body: unknown): TargetPerson[] {
    const items = (body as { personalMeetingRoomIds?: { email?: string; personId?: string }[] } | undefined) ?? {}
    if (kind === 'refresh') return (items.personalMeetingRoomIds ?? []).flatMap(item => findPerson(world, item) ?? [])
    if (kind === 'readRoom') return [findPerson(world, { email: url.searchParams.get('userEmail') ?? '' }) ?? []].flat()
    if (kind !== 'person') return []
    return [findPerson(world, { personId: decodeURIComponent(url.pathname.split('/').at(-1)!) }) ?? []].flat()
  }

  function answerTo(call: Call): Answer {
    for (const hook of hooks) hook.meanwhile?.(call)
    for (const hook of hooks) {
      const answer = hook.instead?.(call)
      if (answer !== undefined) return answer
    }
    return hooks.reduce((answer, hook) => hook.answers?.(call, answer) ?? answer, serve(call))
  }

  function serve(call: Call): Answer {
    switch (call.kind) {
      case 'list':
        return listPeople(call, world, rules, hooks)
      case 'person':
        return showPerson(call, world, rules)
      case 'readRoom':
        return readRoom(call)
      case 'refresh':
        return refreshOnce(call)
      case 'readSettings':
      case 'writeSettings':
        return settings(call)
      default:
        return { status: 404, body: { message: 'No such call.' } }
    }
  }

  function readRoom({ about: [person] }: Call): Answer {
    const ageMs = person === undefined ? 0 : hooks.reduce((age, hook) => hook.readingAge?.(person) ?? age, 0)
    const id = person && world.rooms.at(person.personId, clock.now() - ageMs)
    if (id === undefined) return { status: 404, body: { message: 'User not found or without a personal room.' } }
    const link = hooks.reduce((shown, hook) => hook.roomLink?.(id) ?? shown, `https://${siteUrl}/meet/${id}`)
    return { status: 200, body: { topic: 'A room', hostPin: '4325', personalMeetingRoomLink: link } }
  }

  function refreshOnce(call: Call): Answer {
    const key = rules.honoursKeys ? call.headers.get('idempotency-key') : null
    const earlier = key === null ? undefined : answered.get(key)
    if (earlier !== undefined) return earlier
    const answer = refresh(call, world, rules, hooks)
    if (key !== null) answered.set(key, answer)
    return answer
  }

  function settings({ kind, body }: Call): Answer {
    const asked = body as { siteOptions?: { allowCustomPersonalRoomURL?: boolean } } | undefined
    if (kind === 'writeSettings') double.selfService = asked?.siteOptions?.allowCustomPersonalRoomURL ?? true
    return { status: 200, body: { siteOptions: { allowCustomPersonalRoomURL: double.selfService } } }
  }

  function isAllowed(asked: AskedRoom): boolean {
    if (!world.people.includes(asked.person)) return false
    return !isBlocked(asked.person) && whyNot(asked, [asked], world, rules, hooks) === undefined
  }

  function isBlocked(person: TargetPerson): boolean {
    const asked = { person, roomId: null }
    return hooks.some(hook => hook.skips?.(asked) || hook.blocks?.(person) || hook.refuses?.(asked) !== undefined)
  }
}

function kindOf(method: string, { pathname }: URL): CallKind {
  const path = pathname.replace(/^\/v1/, '').replace(/\/$/, '')
  if (path === '/people') return 'list'
  if (path.startsWith('/people/')) return 'person'
  if (path === '/meetingPreferences/personalMeetingRoom') return 'readRoom'
  if (path === '/admin/meetingPreferences/personalMeetingRoom/refreshId') return 'refresh'
  if (path !== '/admin/meeting/config/commonSettings') return 'other'
  return method === 'PATCH' ? 'writeSettings' : 'readSettings'
}

function makeWorld(
  about: Pick<World, 'siteUrl' | 'origin' | 'people'>,
  account: Account,
  clock: Clock,
  chance: Chance,
): World {
  const rooms = new Rooms()
  for (const { personId, firstId } of about.people) if (firstId !== '') rooms.give(personId, firstId, 0)
  return {
    ...about,
    rooms,
    account,
    chance,
    now: () => clock.now(),
    change({ personId }, id, call) {
      const from = rooms.current(personId) ?? ''
      if (from.toLowerCase() === id.toLowerCase()) return
      rooms.give(personId, id, clock.now())
      account.changes.push({ personId, from, to: id, at: clock.now(), call })
    },
    freshId: () =>
      `pr${Array.from({ length: 12 }, () => chance.oneOf([...'0123456789abcdefghijklmnopqrstuvwxyz'])).join('')}`,
  }
}
