import { expect } from 'vitest'
import type { Store } from '#roomkey/store/store.js'
import { checkDatabase } from '#roomkey/store/upkeep/check.js'
import { linesAbout } from '../../devtools/child-service.ts'
import type { CallRecord } from './crowd.ts'

interface KeptClaim {
  email: string
  number: number
  id: string
}

/**
 * How many batches were acknowledged, with how many rooms, and how many of those rooms differ from what was
 * acknowledged.
 */
export interface Inspection {
  batches: number
  acknowledged: number
  lost: number
}

/** Succeeded, refused, in conflict, database away, or no answer at all: no other outcome is allowed. */
const expectedStatuses = [0, 200, 400, 409, 503]

export function expectKnownStatuses(calls: CallRecord[]): void {
  const surprises = calls.filter(({ status }) => !expectedStatuses.includes(status))
  const shown = surprises.slice(0, 5).map(call => ({ ...call, logged: linesAbout(call.trackingId!) }))
  expect(shown, `${surprises.length} answers that nobody expects`).toEqual([])
}

/**
 * Checks every answer against the database: acknowledged batches are stored as acknowledged (differences are counted),
 * refused ones left nothing, those without an answer are there whole or not at all, and earlier answers come first.
 *
 * @param siteId the site that the calls were about; undefined where it is the only one.
 */
export async function inspect(store: Store, calls: CallRecord[], siteId?: number): Promise<Inspection> {
  for await (const finding of checkDatabase(store)) expect(finding).toMatchObject({ broken: 0 })

  const kept = await claimsByTrackingId(store, siteId)
  const held = await idsByPerson(store)
  const acknowledgedCalls = calls.filter(({ status, replayed }) => status === 200 && !replayed)

  const found: Inspection = { batches: acknowledgedCalls.length, acknowledged: 0, lost: 0 }
  for (const { trackingId, rooms, items } of acknowledgedCalls) {
    expect([...rooms.keys()]).toEqual(items.map(({ email }) => email))
    const claims = new Map(kept.get(trackingId!)?.map(({ email, id }) => [email, id]))
    const written = kept.has(trackingId!)
    for (const [email, id] of rooms) {
      // A person without a claim in the batch already had the ID.
      const isThere = claims.has(email) ? claims.get(email) === id : held.get(email)?.has(id) === true
      found.acknowledged += 1
      if (!written || !isThere) found.lost += 1
    }
    for (const email of claims.keys()) expect(rooms.has(email)).toBe(true)
  }
  for (const { trackingId, status } of calls) {
    if (status >= 400 && status < 500) expect(kept.get(trackingId!) ?? []).toEqual([])
  }
  const acknowledged = new Set(acknowledgedCalls.map(({ trackingId }) => trackingId))
  const knownIds = new Set(calls.map(({ trackingId }) => trackingId))
  for (const [trackingId, claims] of kept) {
    if (acknowledged.has(trackingId) || trackingId === 'test' || claims.length === 0) continue
    // No answer came: its people identify the batch.
    const lost = calls.filter(({ status }) => status === 0 || status === 503)
    const emails = new Set(claims.map(({ email }) => email))
    const whole = lost.some(({ items }) => [...emails].every(email => items.some(item => item.email === email)))
    if (!whole) throw new Error(`Batch ${trackingId} (known: ${knownIds.has(trackingId)}) was written for nobody.`)
  }
  if (found.lost === 0) expectOrder(acknowledgedCalls, kept)
  return found
}

/** A batch that was answered before another was sent comes before it in the history of every person in both. */
function expectOrder(acknowledgedCalls: CallRecord[], kept: Map<string, KeptClaim[]>): void {
  const byPerson = new Map<string, { sentAt: number; answeredAt: number; number: number }[]>()
  for (const { trackingId, sentAt, answeredAt } of acknowledgedCalls) {
    for (const { email, number } of kept.get(trackingId!)!) {
      const claims = byPerson.get(email) ?? []
      byPerson.set(email, claims)
      claims.push({ sentAt, answeredAt, number })
    }
  }
  for (const claims of byPerson.values()) {
    claims.sort((a, b) => a.number - b.number)
    let latestSent = 0
    for (const { sentAt, answeredAt } of claims) {
      expect(answeredAt).toBeGreaterThan(latestSent)
      latestSent = Math.max(latestSent, sentAt)
    }
  }
}

/**
 * From claims to their batches, which are found by key, and not the other way round: no index leads from a batch to its
 * claims.
 */
async function claimsByTrackingId({ db }: Store, siteId: number | undefined): Promise<Map<string, KeptClaim[]>> {
  const batches = await db
    .selectFrom('batch')
    .select('tracking_id')
    .$if(siteId !== undefined, rows => rows.where('site_id', '=', siteId!))
    .execute()
  const found = new Map(batches.map(({ tracking_id }) => [tracking_id, [] as KeptClaim[]]))
  const claims = await db
    .selectFrom('claim as c')
    .innerJoin('batch as b', join => join.onRef('b.site_id', '=', 'c.site_id').onRef('b.batch', '=', 'c.batch'))
    .innerJoin('person as p', join => join.onRef('p.site_id', '=', 'c.site_id').onRef('p.person', '=', 'c.person'))
    .select(['b.tracking_id', 'p.email', 'c.number', 'c.id'])
    .$if(siteId !== undefined, rows => rows.where('b.site_id', '=', siteId!))
    .execute()
  for (const { tracking_id, email, number, id } of claims) found.get(tracking_id)!.push({ email, number, id: id! })
  return found
}

async function idsByPerson({ db }: Store): Promise<Map<string, Set<string>>> {
  const rows = await db
    .selectFrom('claim as c')
    .innerJoin('person as p', join => join.onRef('p.site_id', '=', 'c.site_id').onRef('p.person', '=', 'c.person'))
    .select(['p.email', 'c.id'])
    .execute()
  const found = new Map<string, Set<string>>()
  for (const { email, id } of rows) found.set(email, (found.get(email) ?? new Set()).add(id!))
  return found
}
