import type { FastifyBaseLogger } from 'fastify'
import { render } from '../../messages/render.ts'
import type { Store } from '../../store/store.ts'
import { anyDue, type Delivery, isOutboxEmpty, readMessage } from '../../store/webhooks/deliveries.ts'
import { dayMs } from '../../time.ts'
import { makeMessage } from './message.ts'
import type { Sender } from './sender.ts'

export interface WebhookDispatcherSettings {
  /** Whether webhooks may point to addresses that are not public. */
  allowPrivate: boolean
}

const pollMs = 500
/** Longer than an attempt can take: after it, the process that took a delivery must be dead. */
const leaseMs = 20_000
const maxConcurrent = 8

/** The delays between attempts, in milliseconds; the last one repeats. */
const retryDelaysMs = [1000, 2000, 5000, 15_000, 60_000, 300_000, 1_800_000]
/** How long a receiver may fail before its webhook becomes inactive. */
const retryPeriodMs = dayMs
/** How long a successful delivery is kept, so that it can be sent again. */
const retentionMs = 7 * dayMs

/** Notifies webhooks of changes, each at least once, for as long as the service runs. */
export class WebhookDispatcher {
  readonly #store: Store
  readonly #log: FastifyBaseLogger
  readonly #allowPrivate: boolean
  #loading: Promise<Sender> | undefined
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #deletedAt = 0

  constructor(store: Store, { allowPrivate }: WebhookDispatcherSettings, log: FastifyBaseLogger) {
    this.#store = store
    this.#log = log
    this.#allowPrivate = allowPrivate
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#running = this.#work()
        .catch(error => this.#log.error({ err: error }, 'webhooks could not be sent'))
        .then(() => {
          if (this.#timer !== undefined) this.start()
        })
    }, pollMs)
    this.#timer.unref()
  }

  /** Waits for the messages that are being sent. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#running
    await (await this.#loading)?.close()
  }

  async #work(): Promise<void> {
    const { db } = this.#store
    if (!(await isOutboxEmpty(db))) await this.#store.write('fillDeliveries', { now: Date.now() })
    while (this.#timer !== undefined && (await anyDue(db, Date.now()))) {
      const taken = await this.#store.write('takeDue', { now: Date.now(), leaseMs, limit: maxConcurrent })
      await Promise.all(taken.map(delivery => this.#deliver(delivery)))
    }
    if (Date.now() - this.#deletedAt > 60 * 60 * 1000) {
      this.#deletedAt = Date.now()
      await this.#store.write('deleteDelivered', { before: Date.now() - retentionMs })
    }
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const contents = await readMessage(this.#store.db, delivery)
    if (contents === undefined) return
    const { site_id: siteId, delivery_id: deliveryId, webhook_id: webhookId, attempts, first_at } = delivery
    const error = await (await this.#sender()).send(contents.webhook.target_url, makeMessage(deliveryId, contents))
    const now = Date.now()
    const mayRetry = now - first_at < retryPeriodMs
    const nextAt = mayRetry ? now + retryDelaysMs[Math.min(attempts, retryDelaysMs.length - 1)]! : null
    if (error !== null)
      this.#log.warn({ webhook: webhookId, attempts: attempts + 1, reason: render(error) }, 'webhook failed')
    await this.#store.write('settleDelivery', { siteId, deliveryId, webhookId, now, error, nextAt })
  }

  /**
   * The HTTP client for webhooks is large, and most services have no webhooks: it is loaded when there is something to
   * send.
   */
  #sender(): Promise<Sender> {
    this.#loading ??= import('./sender.ts').then(({ openSender }) => openSender(this.#allowPrivate))
    return this.#loading
  }
}
