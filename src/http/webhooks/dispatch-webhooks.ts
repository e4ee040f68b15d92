import { WebhookDispatcher, type WebhookDispatcherSettings } from '../../notifications/webhooks/webhook-dispatcher.ts'
import type { Api } from '../app.ts'

/** Sends webhooks for as long as the service runs. */
export function dispatchWebhooks({ app, store }: Api, settings: WebhookDispatcherSettings): WebhookDispatcher {
  const dispatcher = new WebhookDispatcher({ ...settings, store, clock: app.clock, log: app.log })
  app.addHook('onReady', async () => dispatcher.start())
  app.addHook('onClose', async () => dispatcher.stop())
  return dispatcher
}
