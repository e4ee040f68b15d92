/** Webhooks: who is notified of changes. */
import type { Selectable } from 'kysely'
import { parseSite } from '../../rooms/parse-site.ts'
import { type Actor, insertAuditEvent } from '../audit-log/audit-events.ts'
import type { Db } from '../tables.ts'
import type { WebhookRow } from './webhook-tables.ts'

export type Webhook = Selectable<WebhookRow>

export interface NewWebhook extends Actor {
  webhook: Omit<Webhook, 'active' | 'created_at'>
}

/** Whether webhooks for a resource receive anything: Webex's other resources are accepted and never fire. */
export function receivesRooms(resource: string): boolean {
  return resource === 'rooms' || resource === 'all'
}

/** The most webhooks of one site: each change of it is a message to every one of them. */
export const maxOfSite = 100

/** The most of all sites together, also of those that nobody knows yet. */
export const maxOfService = 5000

/** Adds a webhook; false where there are as many as may be. */
export async function addWebhook(db: Db, { webhook, ...actor }: NewWebhook): Promise<boolean> {
  if (await isFull(db, webhook)) return false
  await db
    .insertInto('webhook')
    .values({ ...webhook, active: 1, created_at: actor.now })
    .execute()
  await updateSitesWithWebhooks(db)
  await recordWebhook(db, actor, 'webhook.created', webhook)
  return true
}

async function isFull(db: Db, added: Pick<Webhook, 'sites' | 'filter'>): Promise<boolean> {
  const existing = await db.selectFrom('webhook').select(['sites', 'filter']).execute()
  if (existing.length >= maxOfService) return true
  const named = sitesOf(added)
  const urls = named ?? (await db.selectFrom('site').select('url_key').execute()).map(site => site.url_key)
  const counts = new Map(urls.map(url => [url, 0]))
  for (const webhook of existing) {
    for (const url of sitesOf(webhook) ?? urls) if (counts.has(url)) counts.set(url, counts.get(url)! + 1)
  }
  return [...counts.values()].some(count => count >= maxOfSite)
}

/** The sites that a webhook is for, whether they exist or not; null for all. */
function sitesOf({ sites, filter }: Pick<Webhook, 'sites' | 'filter'>): string[] | null {
  const own = sites?.split(' ') ?? null
  const one = /^siteurl=/i.test(filter ?? '') ? parseSite(filter!.replace(/^siteurl=/i, '')) : undefined
  return one !== undefined && (own === null || own.includes(one)) ? [one] : own
}

export interface WebhookChange extends Actor {
  webhookId: string
  name: string
  targetUrl: string
  /** Undefined to leave the secret as it is. */
  secret: string | undefined
  /** True to activate it again, with all deliveries kept for it in the meantime. */
  activate: boolean
}

export async function changeWebhook(db: Db, change: WebhookChange): Promise<void> {
  const { webhookId, name, targetUrl, secret, activate, now } = change
  const webhook = await db
    .updateTable('webhook')
    .set({
      name,
      target_url: targetUrl,
      ...(secret === undefined ? {} : { secret }),
      ...(activate ? { active: 1 as const } : {}),
    })
    .where('webhook_id', '=', webhookId)
    .returningAll()
    .executeTakeFirst()
  if (webhook === undefined) return
  if (activate) await resume(db, webhookId, now)
  await recordWebhook(db, change, 'webhook.changed', webhook)
}

/** Schedules everything that was not delivered to be tried again, with a full retry period. */
async function resume(db: Db, webhookId: string, now: number): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ next_at: now, attempts: 0, first_at: now })
    .where('webhook_id', '=', webhookId)
    .where('delivered_at', 'is', null)
    .execute()
}

/** Removes a webhook and all its deliveries. */
export async function removeWebhook(db: Db, { webhookId, ...actor }: Actor & { webhookId: string }): Promise<void> {
  const webhook = await db.deleteFrom('webhook').where('webhook_id', '=', webhookId).returningAll().executeTakeFirst()
  if (webhook === undefined) return
  await db.deleteFrom('delivery').where('webhook_id', '=', webhookId).execute()
  await updateSitesWithWebhooks(db)
  await recordWebhook(db, actor, 'webhook.removed', webhook)
}

/** Oldest first. */
export async function listWebhooks(db: Db): Promise<Webhook[]> {
  return db.selectFrom('webhook').selectAll().orderBy('created_at').orderBy('webhook_id').execute()
}

export async function findWebhook(db: Db, webhookId: string): Promise<Webhook | undefined> {
  return db.selectFrom('webhook').selectAll().where('webhook_id', '=', webhookId).executeTakeFirst()
}

/** Whether a webhook must be notified of changes on a site. */
export function concerns({ resource, sites, filter }: Webhook, siteUrlKey: string): boolean {
  if (!receivesRooms(resource)) return false
  if (sites !== null && !sites.split(' ').includes(siteUrlKey)) return false
  return filter === null || parseSite(filter.replace(/^siteurl=/i, '')) === siteUrlKey
}

/** Updates which sites have webhooks. Must be called whenever a webhook or a site is added. */
export async function updateSitesWithWebhooks(db: Db): Promise<void> {
  const webhooks = await listWebhooks(db)
  const sites = await db.selectFrom('site').select(['site_id', 'url_key', 'announces']).execute()
  for (const { site_id, url_key, announces } of sites) {
    const wanted = webhooks.some(webhook => concerns(webhook, url_key)) ? 1 : 0
    if (wanted !== announces) {
      await db.updateTable('site').set({ announces: wanted }).where('site_id', '=', site_id).execute()
    }
  }
}

async function recordWebhook(
  db: Db,
  actor: Actor,
  action: string,
  {
    webhook_id,
    name,
    target_url,
    resource,
    event,
  }: Pick<Webhook, 'webhook_id' | 'name' | 'target_url' | 'resource' | 'event'>,
): Promise<void> {
  const detail = { name, targetUrl: target_url, resource, event }
  await insertAuditEvent(db, actor, { siteId: null, action, subject: webhook_id, detail })
}
