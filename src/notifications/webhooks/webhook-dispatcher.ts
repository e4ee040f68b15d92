import type { FastifyBaseLogger } from 'fastify'
import { render } from '../../messages/render.ts'
import type { Store } from '../../store/store.ts'
import { type Delivery, isOutboxEmpty, readMessage } from '../../store/webhooks/deliveries.ts'
import { nextDueAt, nextWaiting } from '../../store/webhooks/due.ts'
import { findWebhook } from '../../store/webhooks/webhooks.ts'
import { dayMs } from '../../time.ts'
import { type Clock, systemClock } from '../../webex/calls/clock.ts'
import { makeMessage } from './message.ts'
import type { Sender } from './sender.ts'
import { type Turn, Turns } from './turns.ts'

export interface WebhookDispatcherSettings {
  /** Whether webhooks may point to addresses that are not public. */
  allowPrivate: boolean
}

interface Deps extends WebhookDispatcherSettings {
  store: Store
  /** What time it is for deliveries; how often to look goes by the machine's clock. */
  clock: Pick<Clock, 'now'>
  log: FastifyBaseLogger
}

const pollMs = 500
/** Longer than an attempt can take: after it, the process that took a delivery must be dead. */
const leaseMs = 30_000
/** A receiver whose answer took longer is slow. */
const slowMs = 1000
/** Webhooks that are looked at in one poll; the others follow in the next ones. */
const webhooksPerPoll = 200

/** The delays between attempts, in milliseconds; the last one repeats. */
const retryDelaysMs = [1000, 2000, 5000, 15_000, 60_000, 300_000, 1_800_000]
/** How long a receiver may fail before its webhook becomes inactive. */
const retryPeriodMs = dayMs
/** How long the messages that are being sent may take once the service stops; those that are cut are sent again. */
const stopMs = 4000

/** Notifies webhooks of changes, each at least once, for as long as the service runs. */
export class WebhookDispatcher {
  readonly #deps: Deps
  readonly #stopping = new AbortController()
  readonly #cut = new AbortController()
  readonly #turns = new Turns()
  readonly #underWay = new Set<Promise<void>>()
  #loading: Promise<Sender> | undefined
  #loops: Promise<unknown> = Promise.resolve()
  /** Where the last poll ended in the order of webhooks. */
  #lookedUpTo = ''

  constructor(deps: Deps) {
    this.#deps = deps
  }

  start(): void {
    this.#loops = Promise.all([this.#repeat(() => this.#fill()), this.#repeat(() => this.#lookForDue())])
  }

  /** Waits a moment for the messages that are being sent. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#loops
    const cut = setTimeout(() => this.#cut.abort(), stopMs)
    await Promise.all(this.#underWay)
    clearTimeout(cut)
    await (await this.#loading)?.close()
  }

  /** When something is next to be sent, once what is being sent has been; null for nothing. */
  async nextDueAt(): Promise<number | null> {
    await this.#idle()
    return nextDueAt(this.#deps.store.db)
  }

  /** Sends what is due now, and waits for it. */
  async runDue(): Promise<void> {
    await this.#fill()
    await this.#lookForDue()
    await this.#idle()
  }

  async #idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  async #repeat(work: () => Promise<void>): Promise<void> {
    const { log } = this.#deps
    for (;;) {
      await systemClock.sleep(pollMs, this.#stopping.signal)
      if (this.#stopping.signal.aborted) return
      await work().catch((error: unknown) => log.error({ err: error }, 'webhooks could not be sent'))
    }
  }

  /** Makes deliveries of changes, however long those that are being sent take. */
  async #fill(): Promise<void> {
    const { store, clock } = this.#deps
    while (!this.#stopping.signal.aborted && !(await isOutboxEmpty(store.db))) {
      await store.write('fillDeliveries', { now: clock.now() })
    }
  }

  async #lookForDue(): Promise<void> {
    const { store, clock } = this.#deps
    for (let seen = 0; seen < webhooksPerPoll; seen += 1) {
      const next = await nextWaiting(store.db, this.#lookedUpTo)
      this.#lookedUpTo = next?.webhookId ?? ''
      if (next === undefined) break
      if (next.dueAt > clock.now()) continue
      const webhook = await findWebhook(store.db, next.webhookId)
      if (webhook !== undefined) this.#turns.add({ host: new URL(webhook.target_url).host, webhookId: next.webhookId })
    }
    this.#sendNext()
  }

  #sendNext(): void {
    while (!this.#stopping.signal.aborted) {
      const turn = this.#turns.take()
      if (turn === undefined) return
      const sending = this.#have(turn).finally(() => this.#underWay.delete(sending))
      this.#underWay.add(sending)
    }
  }

  async #have(turn: Turn): Promise<void> {
    const { store, clock, log } = this.#deps
    let outcome = { more: false, slow: false }
    try {
      const taken = await store.write('takeDue', { webhookId: turn.webhookId, now: clock.now(), leaseMs })
      if (taken !== null) outcome = { more: true, slow: (await this.#deliver(taken)) === 'slow' }
    } catch (error) {
      log.error({ err: error }, 'webhooks could not be sent')
    }
    this.#turns.end(turn, outcome)
    this.#sendNext()
  }

  async #deliver(delivery: Delivery): Promise<'quick' | 'slow'> {
    const { store, clock, log } = this.#deps
    const contents = await readMessage(store.db, delivery)
    if (contents === undefined) return 'quick'
    const { site_id: siteId, delivery_id: deliveryId, webhook_id: webhookId, attempts, first_at } = delivery
    const sender = await this.#sender()
    const began = performance.now()
    const error = await sender.send(contents.webhook.target_url, makeMessage(deliveryId, contents), this.#cut.signal)
    // The service cut it: its lease ends, and it is sent again.
    if (error !== null && this.#cut.signal.aborted) return 'slow'
    const now = clock.now()
    const mayRetry = now - first_at < retryPeriodMs
    const nextAt = mayRetry ? now + retryDelaysMs[Math.min(attempts, retryDelaysMs.length - 1)]! : null
    if (error !== null)
      log.warn({ webhook: webhookId, attempts: attempts + 1, reason: render(error) }, 'webhook failed')
    await store.write('settleDelivery', { siteId, deliveryId, webhookId, now, error, nextAt })
    return error !== null || performance.now() - began > slowMs ? 'slow' : 'quick'
  }

  /**
   * The HTTP client for webhooks is large, and most services have no webhooks: it is loaded when there is something to
   * send.
   */
  #sender(): Promise<Sender> {
    this.#loading ??= import('./sender.ts').then(({ openSender }) => openSender(this.#deps.allowPrivate))
    return this.#loading
  }
}
