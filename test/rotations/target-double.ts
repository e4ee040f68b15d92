/**
 * A target double with the weaknesses that Webex may have: it keeps a site's rooms in a map, speaks the wire, and
 * counts how often each room was changed.
 */
import type { Fetch } from '#roomkey/webex/calls/calls.js'
import type { Clock } from '#roomkey/webex/calls/clock.js'

export const site = 'example.webex.com'

export interface Weaknesses {
  /** A refused batch still changes its valid half. */
  halfApplies?: boolean
  /** An ID must be free before the call that takes it. */
  forbidsSwaps?: boolean
  /** Offending items are named by problem+json. */
  namesOffenders?: boolean
  /** Reads show what was there this long ago, in milliseconds. */
  staleMs?: number
  /** Called before each call: which fault to inject. */
  fault?: (call: { number: number; method: string }) => Fault | undefined
  /** Called on arrival: milliseconds to wait, or 0. */
  limiter?: (now: number) => number
  latencyMs?: number
  /** E-mails that are always refused. */
  bad?: Set<string>
  /** Called when a refresh gives a room another ID, with the one before. */
  onGiven?: (email: string, before: string) => void
  /** The room of somebody as the list of people shows it. */
  lists?: (email: string) => string | undefined
  /** Called when a room is read. */
  onRead?: (email: string) => void
  /** How `Idempotency-Key` is treated here. */
  honoursKeys?: boolean
}

export type Fault = 'dropAfterCommit' | 'dropBefore' | '500' | '503AfterCommit' | '401' | '403' | 'refuseConnection'

export interface TargetDouble {
  fetch: Fetch
  rooms: Map<string, string>
  /** How often each room took another ID. */
  changes: Map<string, number>
  /** Every refresh that arrived, with its number of items. */
  refreshes: number[]
  refusedCalls: number[]
  selfService: boolean
  calls: number
  attendees: string[]
  /** A host chooses another ID for their own room. */
  choose(email: string, id: string): void
}

export function makeTarget(rooms: Map<string, string>, clock: Clock, weak: Weaknesses = {}): TargetDouble {
  const history = new Map([...rooms].map(([email, id]) => [email, [{ at: 0, id }]]))
  const answered = new Map<string, Answer>()
  let made = 0
  const target: TargetDouble = {
    fetch: async (url, init) => {
      target.calls += 1
      const fault = weak.fault?.({ number: target.calls, method: init.method ?? 'GET' })
      if (fault === 'refuseConnection')
        throw Object.assign(new TypeError('fetch failed'), { cause: withCode('ECONNREFUSED') })
      await clock.sleep((weak.latencyMs ?? 2) / 2)
      const waitMs = weak.limiter?.(clock.now()) ?? 0
      if (waitMs > 0) {
        target.refusedCalls.push(clock.now())
        return reply(429, { message: 'Too many requests.' }, { 'retry-after': String(Math.ceil(waitMs / 1000)) })
      }
      if (fault === 'dropBefore') throw withCode('ECONNRESET')
      if (fault === '500') return reply(500, { message: 'Something went wrong.' })
      if (fault === '401') return reply(401, { message: 'Who are you?' })
      if (fault === '403') return reply(403, { message: 'Not permitted.' })
      const answer = serve(new URL(url), init)
      await clock.sleep((weak.latencyMs ?? 2) / 2)
      if (fault === 'dropAfterCommit') throw withCode('ECONNRESET')
      if (fault === '503AfterCommit') return reply(503, { message: 'Overloaded.' })
      return reply(answer.status, answer.body, answer.headers)
    },
    rooms,
    changes: new Map(),
    refreshes: [],
    refusedCalls: [],
    selfService: true,
    calls: 0,
    attendees: [],
    choose(email, id) {
      rooms.set(email, id)
      history.get(email)!.push({ at: clock.now(), id })
    },
  }
  return target

  function serve(url: URL, init: RequestInit): Answer {
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    if (url.pathname === '/v1/people') return people(url)
    if (url.pathname.endsWith('/commonSettings')) {
      if (init.method === 'PATCH') target.selfService = body.siteOptions.allowCustomPersonalRoomURL
      return { status: 200, body: { siteOptions: { allowCustomPersonalRoomURL: target.selfService } } }
    }
    if (url.pathname === '/v1/meetingPreferences/personalMeetingRoom')
      return read(url.searchParams.get('userEmail') ?? '')
    if (url.pathname.endsWith('/refreshId')) {
      const key = new Headers(init.headers).get('idempotency-key') ?? ''
      const earlier = weak.honoursKeys ? answered.get(key) : undefined
      const answer = earlier ?? refresh(body.personalMeetingRoomIds)
      answered.set(key, answer)
      return answer
    }
    return { status: 404, body: { message: 'No such call.' } }
  }

  function people(url: URL): Answer {
    const all = [...rooms.keys(), ...target.attendees]
    const after = Number(url.searchParams.get('after') ?? 0)
    const page = all.slice(after, after + 1000)
    const items = page.map(email => ({
      id: `id-${email}`,
      emails: [email],
      displayName: email.slice(0, email.indexOf('@')),
      firstName: 'First',
      lastName: 'Last',
      department: email.startsWith('s') ? 'Sales' : 'Other',
      invitePending: 'false',
      siteUrls: [target.attendees.includes(email) ? `${site}#attendee` : site],
      sipAddresses: weak.lists === undefined ? [] : [{ type: 'personal-room', value: `${weak.lists(email)}@${site}` }],
    }))
    const more = after + 1000 < all.length
    const next = `${url.origin}/v1/people?max=1000&after=${after + 1000}`
    return { status: 200, body: { items }, headers: more ? { link: `<${next}>; rel="next"` } : {} }
  }

  function read(email: string): Answer {
    weak.onRead?.(email)
    const states = history.get(email)
    if (states === undefined) return { status: 404, body: { message: 'User not found.' } }
    const seen = states.findLast(({ at }) => at <= clock.now() - (weak.staleMs ?? 0)) ?? states[0]!
    return { status: 200, body: { hostPin: '4325', personalMeetingRoomLink: `https://${site}/meet/${seen.id}` } }
  }

  function refresh(asked: { email?: string; personId?: string; personalMeetingRoomId?: string }[]): Answer {
    const items = asked.map(item => ({ ...item, email: item.email ?? item.personId?.slice('id-'.length) ?? '' }))
    target.refreshes.push(items.length)
    const before = new Map(rooms)
    const holder = new Map([...rooms].map(([email, id]) => [id.toLowerCase(), email]))
    const leaving = new Set(items.map(item => item.email))
    const faults = items.map(({ email, personalMeetingRoomId: id }) => {
      if (weak.bad?.has(email) || !rooms.has(email)) return 'Nobody has this address.'
      if (id === undefined) return undefined
      const other = holder.get(id.toLowerCase())
      const taken = other !== undefined && other !== email && (weak.forbidsSwaps || !leaving.has(other))
      return taken ? 'Personal meeting room ID is being used by someone else.' : undefined
    })
    const refused = faults.some(fault => fault !== undefined)
    const given = items.map(({ email, personalMeetingRoomId }, item) => {
      if (faults[item] !== undefined || (refused && !weak.halfApplies)) return ''
      made += personalMeetingRoomId === undefined ? 1 : 0
      const id = personalMeetingRoomId ?? `pr${String(made).padStart(12, '0')}`
      if (before.get(email) !== id) {
        weak.onGiven?.(email, rooms.get(email)!)
        rooms.set(email, id)
        target.changes.set(email, (target.changes.get(email) ?? 0) + 1)
        history.get(email)!.push({ at: clock.now(), id })
      }
      return id
    })
    if (refused) return refusal(faults)
    const personalMeetingRoomIds = items.map(({ email }, item) => ({
      email,
      personId: `id-${email}`,
      personalMeetingRoomId: given[item],
    }))
    return { status: 200, body: { siteUrl: site, personalMeetingRoomIds } }
  }

  function refusal(faults: (string | undefined)[]): Answer {
    const descriptions = [...new Set(faults.filter(fault => fault !== undefined))]
    if (!weak.namesOffenders) {
      const message =
        "The request could not be understood by the server due to malformed syntax. See 'errors' for more details."
      return { status: 400, body: { message, errors: descriptions.map(description => ({ description })) } }
    }
    const errors = faults.flatMap((detail, item) =>
      detail === undefined ? [] : [{ detail, pointer: `#/personalMeetingRoomIds/${item}/email` }],
    )
    return { status: 400, body: { title: 'Bad request', status: 400, errors } }
  }
}

interface Answer {
  status: number
  body: unknown
  headers?: Record<string, string>
}

function reply(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { trackingid: `T${status}`, ...headers } })
}

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code })
}
