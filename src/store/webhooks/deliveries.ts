/**
 * How a change reaches its webhooks. A change on a site with webhooks adds a row to the outbox, in its own transaction.
 * The row becomes one or more deliveries for each webhook that it concerns, in a transaction that deletes the row; from
 * there, each delivery is
 *   due        from `next_at` on; a process that takes it moves that on by a lease, so that no two processes send it
 *              at the same time, and it is not lost if the process dies;
 *   delivered  once the receiver has answered 2xx;
 *   kept       with no `next_at`, while its webhook is inactive: a webhook becomes inactive when one of its deliveries
 *              has failed for the whole retry period, and active again when an administrator says so.
 */
import type { Selectable } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { MessageOrText } from '../../messages/message.ts'
import { findChange, type RoomChange, roomChanges } from '../history/history.ts'
import { toStoredOrNull } from '../stored-message.ts'
import type { Db } from '../tables.ts'
import type { DeliveryRow } from './webhook-tables.ts'
import { concerns, findWebhook, listWebhooks, type Webhook } from './webhooks.ts'

export type Delivery = Selectable<DeliveryRow>

/** Rooms that one message can list. */
const roomsPerDelivery = 100

/** Changes that one transaction takes out of the outbox, and deliveries after which it takes no more: others wait for it. */
const changesPerTransaction = 50
const deliveriesPerTransaction = 500

const roomEvents = ['created', 'updated', 'deleted'] as const
type RoomEvent = (typeof roomEvents)[number]

/** What happened to a room, as webhooks name events. */
export function eventOf({ oldId, newId }: Pick<RoomChange, 'oldId' | 'newId'>): RoomEvent {
  if (oldId === null) return 'created'
  return newId === null ? 'deleted' : 'updated'
}

/** Whether there is a change without deliveries yet. */
export async function isOutboxEmpty(db: Db): Promise<boolean> {
  return (await db.selectFrom('outbox').select('batch').limit(1).executeTakeFirst()) === undefined
}

/** Makes deliveries of the oldest changes in the outbox. */
export async function fillDeliveries(db: Db, { now }: { now: number }): Promise<void> {
  const waiting = await db
    .selectFrom('outbox as o')
    .innerJoin('site as s', 's.site_id', 'o.site_id')
    .select(['o.site_id', 'o.batch', 's.url_key'])
    .orderBy('o.site_id')
    .orderBy('o.batch')
    .limit(changesPerTransaction)
    .execute()
  const webhooks = await listWebhooks(db)
  let made = 0
  for (const { site_id: siteId, batch, url_key } of waiting) {
    const concerned = webhooks.filter(webhook => concerns(webhook, url_key))
    const people = (await findChange(db, siteId, batch))?.people ?? []
    const changes = concerned.length === 0 ? [] : await roomChanges(db, siteId, batch, people)
    for (const webhook of concerned) made += await fillFor(db, webhook, { siteId, batch, changes, now })
    await db.deleteFrom('outbox').where('site_id', '=', siteId).where('batch', '=', batch).execute()
    if (made >= deliveriesPerTransaction) return
  }
}

async function fillFor(
  db: Db,
  { webhook_id, event, active }: Webhook,
  { siteId, batch, changes, now }: { siteId: number; batch: number; changes: RoomChange[]; now: number },
): Promise<number> {
  let made = 0
  // One delivery has one event, also where the webhook is for all of them.
  for (const each of roomEvents) if (event === each || event === 'all') await fillEvent(each)
  return made

  async function fillEvent(each: RoomEvent): Promise<void> {
    const people = changes.filter(change => eventOf(change) === each).map(({ person }) => person)
    for (let start = 0; start < people.length; start += roomsPerDelivery) {
      made += 1
      await db
        .insertInto('delivery')
        .values({
          site_id: siteId,
          delivery_id: uuidv7(),
          webhook_id,
          batch,
          people: JSON.stringify(people.slice(start, start + roomsPerDelivery)),
          first_at: now,
          attempts: 0,
          next_at: active === 1 ? now : null,
          delivered_at: null,
          last_error: null,
        })
        .execute()
    }
  }
}

export interface Outcome {
  siteId: number
  deliveryId: string
  webhookId: string
  now: number
  /** Null where it was delivered. */
  error: MessageOrText | null
  /** When to retry; null to deactivate the webhook until an administrator activates it. */
  nextAt: number | null
}

/** Records the result of an attempt. */
export async function settleDelivery(db: Db, outcome: Outcome): Promise<void> {
  const { siteId, deliveryId, webhookId, now, error, nextAt } = outcome
  await db
    .updateTable('delivery')
    .set(({ eb }) => ({
      attempts: eb('attempts', '+', 1),
      last_error: toStoredOrNull(error),
      next_at: error === null ? null : nextAt,
      delivered_at: error === null ? now : null,
    }))
    .where('site_id', '=', siteId)
    .where('delivery_id', '=', deliveryId)
    .execute()
  if (error === null || nextAt !== null) return
  await db.updateTable('webhook').set({ active: 0 }).where('webhook_id', '=', webhookId).execute()
  await db
    .updateTable('delivery')
    .set({ next_at: null })
    .where('webhook_id', '=', webhookId)
    .where('delivered_at', 'is', null)
    .execute()
}

/** Schedules a delivery, or all failed ones of a webhook, to be sent again now. Returns how many there were. */
export async function replayDeliveries(
  db: Db,
  { webhookId, deliveryId, now }: { webhookId: string; deliveryId: string | null; now: number },
): Promise<number> {
  const again = await db
    .updateTable('delivery')
    .set({ next_at: now, attempts: 0, first_at: now, delivered_at: null })
    .where('webhook_id', '=', webhookId)
    .$if(deliveryId !== null, rows => rows.where('delivery_id', '=', deliveryId!))
    .$if(deliveryId === null, rows => rows.where('delivered_at', 'is', null))
    .executeTakeFirst()
  return Number(again.numUpdatedRows)
}

/** A webhook's deliveries, newest first, older than the delivery `before`. */
export async function listDeliveries(
  db: Db,
  webhookId: string,
  before: string | null,
  limit: number,
): Promise<Delivery[]> {
  return db
    .selectFrom('delivery')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .$if(before !== null, rows => rows.where('delivery_id', '<', before!))
    .orderBy('delivery_id', 'desc')
    .limit(limit)
    .execute()
}

/** Everything that a message is made of; undefined where its webhook is gone. */
export async function readMessage(db: Db, { site_id: siteId, webhook_id, batch, people }: Delivery) {
  const webhook = await findWebhook(db, webhook_id)
  const change = await findChange(db, siteId, batch)
  if (webhook === undefined || change === undefined) return undefined
  const site = await db.selectFrom('site').select('url').where('site_id', '=', siteId).executeTakeFirstOrThrow()
  return { webhook, change, siteUrl: site.url, rooms: await roomChanges(db, siteId, batch, JSON.parse(people)) }
}
