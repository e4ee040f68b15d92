/** Which deliveries are to be sent now. Each webhook is a queue of its own, so that a long one delays no other. */
import type { Db } from '../tables.ts'
import { type Delivery, isOutboxEmpty } from './deliveries.ts'

/** The next webhook, in the order of their IDs, with deliveries that wait to be sent, and when its first one is due. */
export async function nextWaiting(db: Db, after: string): Promise<{ webhookId: string; dueAt: number } | undefined> {
  const first = await db
    .selectFrom('delivery')
    .select(['webhook_id', 'next_at'])
    .where('next_at', 'is not', null)
    .where('webhook_id', '>', after)
    .orderBy('webhook_id')
    .orderBy('next_at')
    .limit(1)
    .executeTakeFirst()
  return first && { webhookId: first.webhook_id, dueAt: first.next_at! }
}

/** Takes the delivery of a webhook that has been due for longest, for the duration of the lease. */
export async function takeDue(
  db: Db,
  { webhookId, now, leaseMs }: { webhookId: string; now: number; leaseMs: number },
): Promise<Delivery | null> {
  const due = await db
    .selectFrom('delivery')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .where('next_at', 'is not', null)
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .orderBy('delivery_id')
    .limit(1)
    .executeTakeFirst()
  if (due === undefined) return null
  await db
    .updateTable('delivery')
    .set({ next_at: now + leaseMs })
    .where('site_id', '=', due.site_id)
    .where('delivery_id', '=', due.delivery_id)
    .execute()
  return due
}

/** When something is next to be sent: at once for a change that has no deliveries yet; null for nothing. */
export async function nextDueAt(db: Db): Promise<number | null> {
  if (!(await isOutboxEmpty(db))) return 0
  const { next } = await db
    .selectFrom('delivery')
    .select(({ fn }) => fn.min('next_at').as('next'))
    .executeTakeFirstOrThrow()
  return next === null ? null : Number(next)
}
