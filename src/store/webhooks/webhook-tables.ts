/** Rows of webhooks, of changes that they are to be notified of, and of the messages about these. */
import type { Flag } from '../columns.ts'
import type { StoredMessage } from '../stored-message.ts'

export interface WebhookTables {
  webhook: WebhookRow
  outbox: OutboxRow
  delivery: DeliveryRow
}

export interface WebhookRow {
  webhook_id: string
  name: string
  target_url: string
  resource: string
  event: string
  filter: string | null
  /** What its messages are signed with. It must be stored in clear to sign; no answer and no log shows it. */
  secret: string | null
  owned_by: string | null
  /** URLs of the sites separated by spaces; null for all of them. */
  sites: string | null
  /** 0 once it has failed for too long: its deliveries are kept until it is activated again. */
  active: Flag
  created_at: number
}

/**
 * A change that webhooks must be notified of: written in the transaction of the change, deleted when its deliveries
 * exist.
 */
export interface OutboxRow {
  site_id: number
  batch: number
}

/** A message for one webhook about one change. */
export interface DeliveryRow {
  site_id: number
  /** A UUID of version 7. */
  delivery_id: string
  webhook_id: string
  batch: number
  /** JSON: the numbers of the people it is about. */
  people: string
  first_at: number
  attempts: number
  /** When to try next; null when it was delivered, or while its webhook is inactive. */
  next_at: number | null
  delivered_at: number | null
  last_error: StoredMessage | null
}
