import type { FastifyInstance } from 'fastify'
import { Announcer, type AnnouncerSettings } from '../../notifications/webhooks/webhook-dispatcher.ts'
import type { Store } from '../../store/store.ts'

/** Has webhooks told of changes for as long as the service runs. */
export function announceChanges(app: FastifyInstance, store: Store, settings: AnnouncerSettings): void {
  const announcer = new Announcer(store, settings, app.log)
  app.addHook('onReady', async () => announcer.start())
  app.addHook('onClose', async () => announcer.stop())
}
