/**
 * Runs the batch rule inside one transaction: reads what the rule asks for, and writes what it decides. The same on
 * every engine; each engine brings its own `RefreshTransaction`.
 */

import type { AddressedBy } from '../../rooms/batch-shape.ts'
import type { IdRule, RandomText } from '../../rooms/id-rule.ts'
import { type BatchPerson, judgeBatch, type KeyState, type RefreshedRoom } from '../../rooms/refresh-batch.ts'
import type { ItemRefusal } from '../../rooms/refusal.ts'
import { dayMs } from '../../time.ts'
import { type Decided, readOutcome, storedOutcome } from './stored-outcome.ts'

export interface RefreshRequest {
  siteId: number
  by: AddressedBy
  /** E-mails in lower case or person IDs, each with the requested ID, or null where the site's rule makes it. */
  items: { address: string; id: string | null }[]
  tokenId: string
  trackingId: string
  /** Milliseconds since 1970. */
  now: number
  /** The rotation that sends this batch, where the service itself runs one. */
  rotationId: string | null
  idempotency: { key: string; digest: string } | null
  /** Decides, and writes nothing. IDs that are drawn at random will be others when it is for real. */
  dryRun?: boolean
  /** IDs that differ in capitals alone are two: for a stand-in in memory alone. */
  caseMatters?: boolean
}

export type RefreshOutcome = Decided | { outcome: 'siteLocked'; retryAfterSeconds: number } | { outcome: 'keyReused' }

/** How long the answer to a call with an `Idempotency-Key` is kept. */
export const idempotencyMs = dayMs

export interface SiteRules {
  rule: IdRule
  quarantineDays: number
  lock: { tokenId: string; until: number } | null
}

export interface Claim {
  person: number
  number: number
  id: string
  key: string
  tenure: number
}

/** What a batch reads and writes, all in one transaction in which the batch's people stay as they are read. */
export interface RefreshTransaction {
  draw: RandomText
  site(siteId: number): Promise<SiteRules>
  answered(request: RefreshRequest): Promise<{ digest: string; outcome: string } | undefined>
  /** The people found, by the address asked for. */
  people(siteId: number, by: AddressedBy, addresses: string[]): Promise<Map<string, BatchPerson>>
  /** The last claim on each key that was ever claimed. */
  keys(siteId: number, keys: string[]): Promise<Map<string, KeyState>>
  insertBatch(request: RefreshRequest, claims: Claim[]): Promise<void>
  insertAnswer(request: RefreshRequest, outcome: string): Promise<void>
}

/** Refreshes every room of the batch, or none. A refusal is a return value, not an error; it changes no room. */
export async function decideAndWrite(
  transaction: RefreshTransaction,
  request: RefreshRequest,
): Promise<RefreshOutcome> {
  const answered = request.idempotency === null || request.dryRun ? undefined : await transaction.answered(request)
  if (answered !== undefined) {
    if (answered.digest !== request.idempotency!.digest) return { outcome: 'keyReused' }
    return { ...readOutcome(answered.outcome), replayed: true }
  }

  const site = await transaction.site(request.siteId)
  if (site.lock !== null && site.lock.tokenId !== request.tokenId && site.lock.until > request.now) {
    return { outcome: 'siteLocked', retryAfterSeconds: Math.ceil((site.lock.until - request.now) / 1000) }
  }

  const outcome = await decide(transaction, request, site)
  if (request.idempotency !== null && !request.dryRun) await transaction.insertAnswer(request, storedOutcome(outcome))
  return outcome
}

/** Lets the rule decide, and writes the claims that it makes. */
async function decide(transaction: RefreshTransaction, request: RefreshRequest, site: SiteRules): Promise<Decided> {
  const { siteId, by, items, now } = request
  const people = await transaction.people(
    siteId,
    by,
    items.map(item => item.address),
  )
  const unknown = items.flatMap(({ address }, item): ItemRefusal[] =>
    people.has(address) ? [] : [{ reason: 'PersonUnknown', item }],
  )
  if (unknown.length > 0) return { outcome: 'refused', refusals: unknown, replayed: false }

  const rule = judgeBatch({
    rule: site.rule,
    quarantineMs: site.quarantineDays * dayMs,
    now,
    items: items.map(({ address, id }) => ({ person: people.get(address)!, id })),
    draw: transaction.draw,
    caseMatters: request.caseMatters,
  })
  let step = rule.next()
  while (!step.done) step = rule.next(await transaction.keys(siteId, step.value))

  const decision = step.value
  if ('refusals' in decision) return { outcome: 'refused', refusals: decision.refusals, replayed: false }
  if (!request.dryRun) await transaction.insertBatch(request, claimsOf(decision.rooms))
  const rooms = decision.rooms.map(({ personId, email, id }) => ({ personId, email, id }))
  return { outcome: 'refreshed', rooms, replayed: false }
}

/** The claims for rooms that the rule has decided on. */
export function claimsOf(rooms: RefreshedRoom[]): Claim[] {
  return rooms.flatMap(({ person, id, claim }) => (claim === null ? [] : [{ person, id, ...claim }]))
}
