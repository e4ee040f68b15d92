/**
 * Random steps in a small world, where they often collide. A step names people and IDs in words that make sense in any
 * state ("the ID that ben carries"), so that a sequence stays valid when some of it is left out; `toCall` resolves
 * them.
 */
import fc from 'fast-check'
import type { Call, Membership, SiteChanges } from './calls.ts'
import { accountBy, dayMs, holdersOf, isWellFormed, roomOf, type TokenKind, type World } from './world.ts'

const names = ['ada', 'ava', 'ben', 'bea', 'cyd', 'dee']
const pool = ['ada', 'Ben', 'one', 'ONE', 'two', 'bives', 'bives2', 'x-1']
const malformed = ['1', '', 'no ID', 'x'.repeat(65)]

type Wish = { id: string } | { carriedBy: string } | { once: number }

export type Step =
  | Exclude<Call, { call: CallsAboutIds }>
  | { step: 'add'; name: string; on: Membership[] }
  | { step: 'change'; name: string; site: number; to: string; on: Membership[]; silent: boolean }
  | { step: 'remove'; name: string; site: number }
  | {
      step: 'refresh'
      caller: number
      site: number
      by: 'email' | 'personId'
      items: { name: string; wish: Wish | null }[]
      key: string | null
    }
  | { step: 'pass on'; site: number; names: string[]; last: Wish }
  | { step: 'take freed'; site: number; name: string; index: number; ms: number | null }
  | { step: 'choose'; caller: number; site: number; name: string; wish: Wish }
  | { step: 'mark'; caller: number; site: number; name: string; marks: { suspended?: boolean; pinned?: boolean } }
  | { step: 'change site'; caller: number; site: number; changes: SiteChanges }
  | { step: 'lock'; caller: number; site: number; minutes: number | null }
  | { step: 'issue'; kind: TokenKind; name: string; lastsMs: number | null }
  | { step: 'revoke'; index: number }
  | { step: 'use to its end'; index: number; ms: number }
  | { step: 'look up'; site: number; wish: Wish }
  | { step: 'who held'; caller: number; site: number; wish: Wish; index: number; ms: number | null }
  | { step: 'room' | 'history'; caller: number; site: number; name: string }
  | { step: 'wait'; ms: number }
type CallsAboutIds = Call['call']

const name = fc.constantFrom(...names)
const site = fc.constantFrom(0, 0, 0, 1)
const index = fc.nat({ max: 30 })
/** Mostly the administrator; else one of the issued tokens, including ended ones. */
const caller = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat({ max: 6 }) })
const goodWish: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({ id: fc.constantFrom(...pool) }),
  fc.record({ carriedBy: name }),
  fc.record({ once: index }),
)
const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 15, arbitrary: goodWish },
  { weight: 1, arbitrary: fc.record({ id: fc.constantFrom(...malformed) }) },
)
const on = fc.uniqueArray(fc.record({ site: fc.constantFrom(0, 1), host: fc.boolean() }), {
  selector: membership => membership.site,
  minLength: 1,
  maxLength: 2,
})
const items = fc
  .tuple(fc.boolean(), fc.array(fc.record({ name, wish }), { minLength: 1, maxLength: 5 }))
  .chain(([generated, list]) => fc.constant(generated ? list.map(item => ({ name: item.name, wish: null })) : list))
const distinct = fc
  .tuple(fc.boolean(), fc.uniqueArray(fc.record({ name, wish }), { selector: item => item.name, minLength: 1 }))
  .map(([generated, list]) => (generated ? list.map(item => ({ name: item.name, wish: null })) : list))

const refresh = fc.record({
  step: fc.constant('refresh' as const),
  caller,
  site,
  by: fc.constantFrom('email' as const, 'personId' as const),
  items: fc.oneof({ weight: 4, arbitrary: distinct }, { weight: 1, arbitrary: items }),
  key: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom('k1', 'k2') }),
})
const passOn = fc.record({
  step: fc.constant('pass on' as const),
  site,
  names: fc.uniqueArray(name, { minLength: 2, maxLength: 4 }),
  last: fc.oneof(fc.constant({ once: -1 }), goodWish),
})
const remove = fc.record({ step: fc.constant('remove' as const), name, site })
const change = fc.record({
  step: fc.constant('change' as const),
  name,
  site,
  to: name,
  on,
  silent: fc.constant(false),
})
const choose = fc.record({ step: fc.constant('choose' as const), caller, site, name, wish })
const lookUp = fc.record({ step: fc.constant('look up' as const), site, wish: goodWish })
const room = fc.record({ step: fc.constantFrom('room' as const, 'history' as const), caller, site, name })

const weighted = (steps: Record<number, fc.Arbitrary<Step>[]>): fc.Arbitrary<Step> =>
  fc.oneof(
    ...Object.entries(steps).flatMap(([weight, each]) =>
      each.map(arbitrary => ({ weight: Number(weight), arbitrary })),
    ),
  )

/** Sequential steps of one client. */
export const anyStep = weighted({
  8: [refresh],
  4: [
    passOn,
    fc.record({
      step: fc.constant('take freed' as const),
      site,
      name,
      index,
      ms: fc.constantFrom(null, -1, -1, 0, 0, 1),
    }),
    fc.record({ step: fc.constant('add' as const), name, on }),
    fc.record({
      step: fc.constant('who held' as const),
      caller,
      site,
      wish: goodWish,
      index,
      ms: fc.constantFrom(null, -1, 0, 1),
    }),
  ],
  3: [change, lookUp],
  2: [
    remove,
    room,
    fc.record({
      step: fc.constant('lock' as const),
      caller: fc.nat({ max: 3 }),
      site,
      minutes: fc.constantFrom(null, 1, 60),
    }),
    fc.record({
      step: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 1000, 59 * 60_000, dayMs - 1, dayMs, 5 * dayMs, 31 * dayMs),
    }),
    fc.record({
      step: fc.constant('change site' as const),
      caller,
      site,
      changes: fc.oneof(
        fc.record({
          generationMethod: fc.constantFrom(
            'emailPrefix' as const,
            'firstInitialLastName' as const,
            'username' as const,
            'meetingNumber' as const,
            'random' as const,
          ),
        }),
        fc.record({ quarantineDays: fc.constantFrom(0, 1, 30) }),
        fc.record({ allowCustomUrl: fc.boolean() }),
        fc.record({ prefix: fc.constantFrom('pr', 'x'), length: fc.constantFrom(8, 12) }),
      ),
    }),
  ],
  1: [
    choose,
    fc.record({
      step: fc.constant('mark' as const),
      caller,
      site,
      name,
      marks: fc.oneof(fc.record({ suspended: fc.boolean() }), fc.record({ pinned: fc.boolean() })),
    }),
    fc.record({
      step: fc.constant('issue' as const),
      kind: fc.constantFrom('full' as const, 'firstSite' as const, 'host' as const),
      name,
      lastsMs: fc.constantFrom(null, 1000, dayMs),
    }),
    fc.record({ step: fc.constant('revoke' as const), index }),
    fc.record({ step: fc.constant('use to its end' as const), index, ms: fc.constantFrom(-1, 0) }),
  ],
})

/** Steps that several clients take concurrently: all about who holds which ID. */
export const anyStepAtOnce = weighted({
  6: [refresh.map(each => ({ ...each, caller: 0, site: 0, key: null })), passOn.map(each => ({ ...each, site: 0 }))],
  2: [
    lookUp.map(each => ({ ...each, site: 0 })),
    fc.record({
      step: fc.constant('who held' as const),
      caller: fc.constant(0),
      site: fc.constant(0),
      wish: goodWish,
      index,
      ms: fc.constant(null),
    }),
    room.map(each => ({ ...each, caller: 0, site: 0, step: 'room' as const })),
    remove.map(each => ({ ...each, site: 0 })),
    // An answer's view of a person is read after the change, so it may be newer; that includes the ID that a new host
    // got.
    change.map(each => ({ ...each, site: 0, to: each.name, on: [{ site: 0, host: false }], silent: true })),
  ],
  1: [choose.map(each => ({ ...each, caller: 0, site: 0 }))],
})

/** The call that a step means in this state, after time has passed where it says so; null where it means none. */
export function toCall(world: World, step: Step): Call | null {
  if (!('step' in step)) return step
  switch (step.step) {
    case 'add':
      return { as: 'admin', call: 'addPerson', email: emailOf(step.name), on: step.on }
    case 'change': {
      const { site, name, to, on, silent } = step
      const personId = personIdOf(world, site, name)
      return { as: 'admin', call: 'changePerson', personId, email: emailOf(to), on, silent }
    }
    case 'remove':
      return { as: 'admin', call: 'removePerson', personId: personIdOf(world, step.site, step.name) }
    case 'refresh': {
      const { site, by, items, key } = step
      const address = (name: string) => (by === 'email' ? emailOf(name) : personIdOf(world, site, name))
      const asked = items.map(({ name, wish }) => ({
        address: address(name),
        id: wish === null ? null : idOf(world, site, wish),
      }))
      return { as: tokenOf(world, step.caller), call: 'refresh', site, by, items: asked, key }
    }
    case 'pass on': {
      const { site, names, last } = step
      const carried = names.map(name => roomOf(world, site, personIdOf(world, site, name)) ?? `${name}-new`)
      const end = 'once' in last && last.once < 0 ? carried[0]! : idOf(world, site, last)
      const ids = [...carried.slice(1), end]
      const items = names.map((name, n) => ({ address: emailOf(name), id: ids[n]! }))
      return { as: 'admin', call: 'refresh', site, by: 'email', items, key: null }
    }
    case 'take freed': {
      const { site, name, index, ms } = step
      const freed = onceCarried(world, site).flatMap(id => {
        const [last] = holdersOf(world, site, id)
        return last?.until == null ? [] : [{ id, until: last.until }]
      })
      const chosen = freed[index % freed.length]
      if (chosen === undefined) return null
      const end = chosen.until + world.sites[site]!.quarantineDays * dayMs
      if (ms !== null) world.now = Math.max(world.now, end + ms)
      const items = [{ address: emailOf(name), id: chosen.id }]
      return { as: 'admin', call: 'refresh', site, by: 'email', items, key: null }
    }
    case 'choose': {
      const { site, name, wish } = step
      return {
        as: tokenOf(world, step.caller),
        call: 'choose',
        site,
        email: emailOf(name),
        id: idOf(world, site, wish),
      }
    }
    case 'mark': {
      const { site, name, marks } = step
      return { as: tokenOf(world, step.caller), call: 'mark', site, personId: personIdOf(world, site, name), marks }
    }
    case 'change site':
      return { as: tokenOf(world, step.caller), call: 'changeSite', site: step.site, changes: step.changes }
    case 'lock': {
      const { site, minutes } = step
      const as = tokenOf(world, step.caller)
      return minutes === null ? { as, call: 'unlock', site } : { as, call: 'lock', site, minutes }
    }
    case 'issue': {
      const { kind, lastsMs } = step
      const email = kind === 'host' ? emailOf(step.name) : null
      const expiresAt = lastsMs === null ? null : world.now + lastsMs
      return { as: 'admin', call: 'issueToken', name: `token-${world.tokens.length}`, kind, email, expiresAt }
    }
    case 'revoke': {
      const issued = world.tokens.slice(1)
      const token = issued[step.index % issued.length]
      return token === undefined ? null : { as: 'admin', call: 'revokeToken', name: token.name }
    }
    case 'use to its end': {
      const ending = world.tokens.filter(({ expiresAt }) => (expiresAt ?? 0) > world.now)
      const token = ending[step.index % ending.length]
      if (token === undefined) return null
      world.now = token.expiresAt! + step.ms
      return { as: token.name, call: 'whoHeld', site: 0, id: 'one', at: null }
    }
    case 'look up':
      return askAbout(world, step.site, step.wish, id => ({ as: 'admin', call: 'lookup', site: step.site, id }))
    case 'who held': {
      const { site, index, ms } = step
      const event = world.log[index % world.log.length]
      const at = ms === null || event === undefined ? null : Math.min(world.now, event.at + ms)
      return askAbout(world, site, step.wish, id => ({
        as: tokenOf(world, step.caller),
        call: 'whoHeld',
        site,
        id,
        at,
      }))
    }
    case 'room':
      return asking('room')
    case 'history':
      return asking('history')
    case 'wait':
      world.now += step.ms
      return null
  }

  function asking(call: 'room' | 'history'): Call | null {
    const { site, name, caller } = step as Extract<Step, { step: 'room' }>
    const account = accountBy(world, site, 'email', emailOf(name))
    if (account === undefined) return null
    return { as: tokenOf(world, caller), call, site, personId: account.personId }
  }
}

function askAbout(world: World, site: number, wish: Wish, call: (id: string) => Call): Call | null {
  const id = idOf(world, site, wish)
  return isWellFormed(id) ? call(id) : null
}

function emailOf(name: string): string {
  return `${name}@x.example`
}

function personIdOf(world: World, site: number, name: string): string {
  return accountBy(world, site, 'email', emailOf(name))?.personId ?? 'nobody'
}

function tokenOf({ tokens }: World, index: number): string {
  return tokens[index % tokens.length]!.name
}

function idOf(world: World, site: number, wish: Wish): string {
  if ('id' in wish) return wish.id
  if ('carriedBy' in wish) return roomOf(world, site, personIdOf(world, site, wish.carriedBy)) ?? 'nobodys'
  const once = onceCarried(world, site)
  return once[wish.once % once.length] ?? 'never'
}

/** Every ID that was ever carried on a site, oldest first. */
export function onceCarried({ log }: World, site: number): string[] {
  const ids = log.flatMap(taking => (taking.site === site && taking.id !== null ? [taking.id] : []))
  return [...new Map(ids.map(id => [id.toLowerCase(), id])).values()]
}
