/** Changes to rooms other than a batch refresh: people who are added, removed, or become attendees. */

import { type BatchQuestion, judgeBatch, type KeyState, type RefreshedRoom } from '../../rooms/refresh-batch.ts'
import type { ItemRefusal } from '../../rooms/refusal.ts'
import { dayMs } from '../../time.ts'
import type { Actor } from '../audit-log/audit-events.ts'
import { engineOf } from '../engines.ts'
import { secureRandomText } from '../secure-random.ts'
import { findSiteById } from '../sites/sites.ts'
import type { ClaimOrigin, Db } from '../tables.ts'

/** Keys per query, and claims per statement: under every engine's limit of parameters. */
const maxConcurrent = 1000

export interface NewClaim {
  person: number
  number: number
  /** Both null where the room gives up its ID without taking another. */
  id: string | null
  key: string | null
  tenure: number
}

export interface ChangeOf extends Actor {
  siteId: number
  /** How the claims are known; null where Roomkey gives the IDs. */
  origin?: ClaimOrigin | null
  /** The rotation that made it. */
  rotationId?: string | null
  /** Not announced to webhooks. */
  quiet?: boolean
}

/** Records a change with its claims, and returns its number. */
export async function insertBatch(
  db: Db,
  { siteId, tokenId, trackingId, now, origin = null, quiet = false, rotationId = null }: ChangeOf,
  claims: NewClaim[],
): Promise<number> {
  const batch = await engineOf(db).nextBatch(db, siteId)
  await db
    .insertInto('batch')
    .values({
      site_id: siteId,
      batch,
      at: now,
      token_id: tokenId,
      tracking_id: trackingId,
      rotation_id: rotationId,
      people: JSON.stringify(claims.map(({ person }) => person)),
    })
    .execute()
  if (!quiet) {
    await db
      .insertInto('outbox')
      .columns(['site_id', 'batch'])
      .expression(eb =>
        eb
          .selectFrom('site')
          .select(['site_id', eb.val(batch).as('batch')])
          .where('site_id', '=', siteId)
          .where('announces', '=', 1),
      )
      .execute()
  }
  for (let start = 0; start < claims.length; start += maxConcurrent) {
    const slice = claims.slice(start, start + maxConcurrent)
    await db
      .insertInto('claim')
      .values(slice.map(claim => ({ site_id: siteId, batch, at: now, origin, ...claim })))
      .execute()
  }
  return batch
}

/** Asks the batch rule which IDs these people's rooms would carry, or why they cannot. Writes nothing. */
export async function decideIds(
  db: Db,
  siteId: number,
  now: number,
  items: BatchQuestion['items'],
): Promise<{ rooms: RefreshedRoom[] } | { refusals: ItemRefusal[] }> {
  const site = await findSiteById(db, siteId)
  const rule = judgeBatch({
    rule: { method: site.generation_method, prefix: site.id_prefix, length: site.id_length },
    quarantineMs: site.quarantine_days * dayMs,
    now,
    items,
    draw: secureRandomText,
  })
  let step = rule.next()
  while (!step.done) step = rule.next(await keyStates(db, siteId, step.value))
  return step.value
}

/** The last claim on each key that was ever claimed. */
export async function keyStates(db: Db, siteId: number, keys: string[]): Promise<Map<string, KeyState>> {
  const found = new Map<string, KeyState>()
  for (let start = 0; start < keys.length; start += maxConcurrent) {
    const rows = await db
      .selectFrom('claim as c')
      .leftJoin('claim as later', join =>
        join
          .onRef('later.site_id', '=', 'c.site_id')
          .onRef('later.person', '=', 'c.person')
          .on(({ eb, ref }) => eb('later.number', '=', eb(ref('c.number'), '+', 1))),
      )
      .select(['c.key', 'c.tenure', 'c.person as holder', 'later.at as freedAt'])
      .where('c.site_id', '=', siteId)
      .where('c.key', 'in', keys.slice(start, start + maxConcurrent))
      .where('c.tenure', '=', eb =>
        eb
          .selectFrom('claim as n')
          .select(({ fn }) => fn.max('n.tenure').as('last'))
          .whereRef('n.site_id', '=', 'c.site_id')
          .whereRef('n.key', '=', 'c.key'),
      )
      .execute()
    for (const { key, ...state } of rows) found.set(key!, state)
  }
  return found
}

/** The claim by which a room gives up its ID, so that the quarantine begins; none where it has no ID. */
export async function releaseClaim(db: Db, siteId: number, person: number): Promise<NewClaim[]> {
  const newest = await newestClaim(db, siteId, person)
  return newest === undefined || newest.id === null
    ? []
    : [{ person, number: newest.number + 1, id: null, key: null, tenure: 0 }]
}

export async function newestClaim(
  db: Db,
  siteId: number,
  person: number,
): Promise<{ number: number; id: string | null; at: number } | undefined> {
  return db
    .selectFrom('claim')
    .select(['number', 'id', 'at'])
    .where('site_id', '=', siteId)
    .where('person', '=', person)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
}
