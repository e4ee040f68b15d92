/**
 * The expected state of the world, as simple as possible: a log of who took which ID when, read from its beginning each
 * time. It knows nothing of tenures, indexes or transactions, so that it cannot be wrong in the same way as the
 * service.
 */

export const dayMs = 24 * 60 * 60 * 1000

export type Method = 'emailPrefix' | 'firstInitialLastName' | 'username' | 'meetingNumber' | 'random'

export interface Site {
  url: string
  method: Method
  prefix: string
  length: number
  quarantineDays: number
  allowCustomUrl: boolean
  lock: { token: string; until: number } | null
}

/** A person on one site. The same person may be on several, under the same person ID. */
export interface Account {
  site: number
  personId: string
  email: string
  host: boolean
  suspended: boolean
  pinned: boolean
}

/** A room took an ID, or gave its own up (null). */
export interface Taking {
  site: number
  personId: string
  id: string | null
  at: number
}

export type TokenKind = 'full' | 'firstSite' | 'host'

export interface Token {
  name: string
  kind: TokenKind
  /** Whose it is; null for tokens that belong to nobody. */
  email: string | null
  expiresAt: number | null
  revoked: boolean
}

/** The answer to a batch with an Idempotency-Key. */
export interface Answered {
  /** The token, the site and the key. */
  key: string
  request: string
  answer: string
  at: number
}

export interface World {
  now: number
  sites: Site[]
  /** The people who exist now. */
  accounts: Account[]
  log: Taking[]
  tokens: Token[]
  answered: Answered[]
}

export const sameText = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && one.toLowerCase() === other.toLowerCase()

export function accountBy(world: World, site: number, by: 'email' | 'personId', address: string): Account | undefined {
  return world.accounts.find(
    account =>
      account.site === site && (by === 'email' ? sameText(account.email, address) : account.personId === address),
  )
}

/** The ID that a room carries now. */
export function roomOf({ log }: World, site: number, personId: string): string | null {
  return log.findLast(taking => taking.site === site && taking.personId === personId)?.id ?? null
}

/** Who carried an ID at a time: replays everything up to then. */
export function holderAt({ log }: World, site: number, id: string, at: number): Taking | undefined {
  const rooms = new Map<string, Taking>()
  for (const taking of log) if (taking.site === site && taking.at <= at) rooms.set(taking.personId, taking)
  return [...rooms.values()].find(carried => sameText(carried.id, id))
}

/** Everybody who ever carried an ID, newest first, each with the time at which they gave it up. */
export function holdersOf({ log }: World, site: number, id: string): (Taking & { until: number | null })[] {
  return log
    .map((taking, index) => ({ ...taking, until: until(log, index) }))
    .filter(taking => taking.site === site && sameText(taking.id, id))
    .reverse()
}

/** The IDs that a room carried, newest first; null for times without one. */
export function historyOf({ log }: World, site: number, personId: string): (Taking & { until: number | null })[] {
  return log
    .map((taking, index) => ({ ...taking, until: until(log, index) }))
    .filter(taking => taking.site === site && taking.personId === personId)
    .reverse()
}

function until(log: Taking[], index: number): number | null {
  const { site, personId } = log[index]!
  return log.slice(index + 1).find(later => later.site === site && later.personId === personId)?.at ?? null
}

/** Whether this person may take an ID now, if nobody else changed anything. */
export function isFree(world: World, site: number, personId: string, id: string): boolean {
  const [last] = holdersOf(world, site, id)
  if (last === undefined || last.personId === personId) return true
  return last.until !== null && world.now >= last.until + world.sites[site]!.quarantineDays * dayMs
}

/** Whether an ID was ever carried on a site. */
export function wasEverHeld({ log }: World, site: number, id: string): boolean {
  return log.some(taking => taking.site === site && sameText(taking.id, id))
}

/** Whether an ID is well formed: 1 to 64 ASCII letters, digits, `-`, `.` and `_`, with at least one letter. */
export function isWellFormed(id: string): boolean {
  return /^[\w.-]{1,64}$/.test(id) && /[a-z]/i.test(id)
}

export function take(world: World, { site, personId }: Pick<Account, 'site' | 'personId'>, id: string | null): void {
  world.log.push({ site, personId, id, at: world.now })
}

export function lockedFor({ sites, now }: World, site: number, token: string): boolean {
  const { lock } = sites[site]!
  return lock !== null && lock.token !== token && lock.until > now
}
