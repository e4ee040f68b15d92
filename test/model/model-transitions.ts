/**
 * Whether an answer is what the documents promise (docs/wire.md, docs/around.md) in a given state. Returns a complaint
 * where it is not; else null, and the state is updated.
 */
import type { Answer, Call, Membership } from './calls.ts'
import { type Complaint, differs, status } from './complaint.ts'
import { followRefresh, isByRule } from './refresh-transitions.ts'
import {
  type Account,
  accountBy,
  historyOf,
  holderAt,
  holdersOf,
  isFree,
  isWellFormed,
  lockedFor,
  roomOf,
  sameText,
  type Taking,
  type Token,
  take,
  type World,
} from './world.ts'

export function follow(world: World, call: Call, answer: Answer): Complaint {
  const token = world.tokens.find(({ name }) => name === call.as)!
  const refused = call.call === 'lookup' ? null : refusedCaller(world, token, call)
  if (refused !== null) return status(answer, refused)

  switch (call.call) {
    case 'addPerson':
      return followAdded(world, call, answer)
    case 'changePerson':
      return followChanged(world, call, answer)
    case 'removePerson':
      return followRemoved(world, call.personId, answer)
    case 'refresh':
      return followRefresh(world, call, answer)
    case 'choose':
      return followChoice(world, call, answer)
    case 'changeSite': {
      const { generationMethod, ...changes } = call.changes
      Object.assign(world.sites[call.site]!, changes, generationMethod && { method: generationMethod })
      const { method, prefix, length, quarantineDays, allowCustomUrl } = world.sites[call.site]!
      const shown = { generationMethod: method, prefix, length, quarantineDays, allowCustomUrl }
      return status(answer, 200) ?? differs(pick(answer.body, Object.keys(shown)), shown)
    }
    case 'mark': {
      const account = accountBy(world, call.site, 'personId', call.personId)
      if (account === undefined) return status(answer, 404)
      Object.assign(account, call.marks)
      return status(answer, 200) ?? differs(answer.body.suspended, account.suspended)
    }
    case 'lock': {
      const site = world.sites[call.site]!
      if (lockedFor(world, call.site, call.as)) return status(answer, 423)
      site.lock = { token: call.as, until: world.now + call.minutes * 60_000 }
      return status(answer, 200)
    }
    case 'unlock': {
      const site = world.sites[call.site]!
      if (site.lock?.token === call.as) site.lock = null
      return status(answer, 204)
    }
    case 'issueToken':
      world.tokens.push({ ...pickToken(call), revoked: false })
      return status(answer, 201)
    case 'revokeToken':
      world.tokens.find(({ name }) => name === call.name)!.revoked = true
      return status(answer, 204)
    case 'lookup': {
      const holder = holderAt(world, call.site, call.id, world.now)
      const account = holder && accountBy(world, call.site, 'personId', holder.personId)
      if (account === undefined || account.suspended) return status(answer, 404)
      return status(answer, 200) ?? differs(answer.body.personalMeetingRoomId, holder!.id)
    }
    case 'whoHeld': {
      const holder = holderAt(world, call.site, call.id, call.at ?? world.now)
      const expected = { holder: holder?.personId ?? null, items: holdersOf(world, call.site, call.id).map(asTenancy) }
      if (answer.status !== 200) return status(answer, 200)
      const { holder: held, items } = answer.body
      return differs({ holder: held?.personId ?? null, items: items.map(pickTenancy) }, expected)
    }
    case 'room': {
      const account = accountBy(world, call.site, 'personId', call.personId)
      if (account === undefined) return status(answer, 404)
      const { site: _site, ...expected } = account
      const shown = { ...expected, personalMeetingRoomId: roomOf(world, call.site, call.personId) }
      return status(answer, 200) ?? differs(pick(answer.body, Object.keys(shown)), shown)
    }
    case 'history': {
      const expected = historyOf(world, call.site, call.personId).map(asTenancy)
      return status(answer, 200) ?? differs(answer.body.items.map(pickTenancy), withoutPeople(expected))
    }
  }
}

/** The status with which a caller is refused before anything else is checked. */
function refusedCaller({ now }: World, { kind, revoked, expiresAt, email }: Token, call: Call): number | null {
  if (revoked || (expiresAt !== null && now >= expiresAt)) return 401
  if (kind === 'host') return call.call === 'choose' && sameText(call.email, email) ? null : 403
  return kind === 'firstSite' && 'site' in call && call.site !== 0 ? 403 : null
}

function followAdded(world: World, { email, on }: Extract<Call, { call: 'addPerson' }>, answer: Answer): Complaint {
  if (on.some(({ site }) => accountBy(world, site, 'email', email))) return status(answer, 409)
  if (answer.status !== 200) return status(answer, 200)
  return admit(world, answer.body.id, email, on, answer) ?? shownPerson(world, answer.body.id, answer)
}

function followChanged(world: World, call: Extract<Call, { call: 'changePerson' }>, answer: Answer): Complaint {
  const { personId, email, on } = call
  const own = world.accounts.filter(account => account.personId === personId)
  if (own.length === 0) return status(answer, 404)
  const added = on.filter(({ site }) => own.every(account => account.site !== site))
  const taken = [...own, ...added].some(({ site }) => {
    const holder = accountBy(world, site, 'email', email)
    return holder !== undefined && holder.personId !== personId
  })
  if (taken) return status(answer, 409)
  const expected = status(answer, call.silent ? 204 : 200)
  if (expected !== null) return expected

  for (const account of own) {
    account.email = email
    const host = on.find(({ site }) => site === account.site)?.host ?? account.host
    if (account.host && !host) take(world, account, null)
    if (!account.host && host) {
      const complaint = takeByRule(world, account, answer)
      if (complaint !== null) return complaint
    }
    account.host = host
  }
  const complaint = admit(world, personId, email, added, answer)
  return complaint === null && !call.silent ? shownPerson(world, personId, answer) : complaint
}

function followRemoved(world: World, personId: string, answer: Answer): Complaint {
  const own = world.accounts.filter(account => account.personId === personId)
  if (own.length === 0) return status(answer, 404)
  for (const account of own) if (roomOf(world, account.site, personId) !== null) take(world, account, null)
  world.accounts = world.accounts.filter(account => account.personId !== personId)
  return status(answer, 204)
}

/** A host's own choice of ID: a refresh of one, under the checks of self-service. */
function followChoice(world: World, call: Extract<Call, { call: 'choose' }>, answer: Answer): Complaint {
  const { site, email, id } = call
  const account = accountBy(world, site, 'email', email)
  const carried = account === undefined ? null : roomOf(world, site, account.personId)
  // If they lose the room while choosing, the batch reports it.
  if (account !== undefined && carried === null && answer.status === 400) return null
  if (account === undefined || carried === null) return status(answer, 404)
  const same = sameText(carried, id)
  if (!same && !world.sites[site]!.allowCustomUrl) return status(answer, 403)
  if (!same && lockedFor(world, site, call.as)) return status(answer, 423)
  if (!same && !(isWellFormed(id) && isFree(world, site, account.personId, id))) return status(answer, 400)
  if (!same) take(world, account, id)
  const link = `https://${world.sites[site]!.url}/meet/${same ? carried : id}`
  return status(answer, 200) ?? differs(answer.body.personalMeetingRoomLink, link)
}

/** New accounts of a person, as host or attendee on each of these sites. */
function admit(world: World, personId: string, email: string, on: Membership[], answer: Answer): Complaint {
  for (const { site, host } of on) {
    const account = { site, personId, email, host, suspended: false, pinned: false }
    world.accounts.push(account)
    const complaint = host ? takeByRule(world, account, answer) : null
    if (complaint !== null) return complaint
  }
  return null
}

/** Takes the ID that the answer shows for this site, if the site's rule allows it. */
function takeByRule(world: World, account: Account, answer: Answer): Complaint {
  const { url } = world.sites[account.site]!
  const addresses: { value: string }[] = answer.body.sipAddresses
  const id = addresses.find(({ value }) => value.endsWith(`@${url}`))?.value.slice(0, -url.length - 1)
  if (id === undefined) return `nobody on ${url} shows in ${JSON.stringify(addresses)}`
  if (!isByRule(world, account, id, new Set())) return `the rule of ${url} does not give ${id} to ${account.email}`
  take(world, account, id)
  return null
}

/** Everything that an answer about a person says of rooms. */
function shownPerson(world: World, personId: string, { body }: Answer): Complaint {
  const accounts = world.accounts.filter(account => account.personId === personId).sort((a, b) => a.site - b.site)
  const url = (site: number) => world.sites[site]!.url
  return differs(
    {
      emails: body.emails,
      siteUrls: body.siteUrls,
      rooms: body.sipAddresses.map((sip: { value: string }) => sip.value),
    },
    {
      emails: [accounts[0]!.email],
      siteUrls: accounts.map(({ site, host }) => url(site) + (host ? '' : '#attendee')),
      rooms: accounts.flatMap(({ site }) => {
        const room = roomOf(world, site, personId)
        return room === null ? [] : [`${room}@${url(site)}`]
      }),
    },
  )
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

function asTenancy({ id, at, until, personId }: Taking & { until: number | null }) {
  return { personalMeetingRoomId: id, from: iso(at), until: iso(until), personId }
}

function pickTenancy({ personalMeetingRoomId, from, until, personId }: ReturnType<typeof asTenancy>) {
  return { personalMeetingRoomId, from, until, personId }
}

function withoutPeople(tenancies: ReturnType<typeof asTenancy>[]) {
  return tenancies.map(({ personId: _, ...tenancy }) => tenancy)
}

function pick(from: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map(name => [name, from[name]]))
}

function pickToken({ name, kind, email, expiresAt }: Extract<Call, { call: 'issueToken' }>) {
  return { name, kind, email, expiresAt }
}
