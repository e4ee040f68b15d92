import type { FastifyInstance } from 'fastify'
import { WebhookDispatcher, type WebhookDispatcherSettings } from '../../notifications/webhooks/webhook-dispatcher.ts'
import type { Store } from '../../store/store.ts'

/** Sends webhooks for as long as the service runs. */
export function dispatchWebhooks(app: FastifyInstance, store: Store, settings: WebhookDispatcherSettings): void {
  const dispatcher = new WebhookDispatcher(store, settings, app.log)
  app.addHook('onReady', async () => dispatcher.start())
  app.addHook('onClose', async () => dispatcher.stop())
}
