/** The deliveries of a webhook, and sending them again. */
import Type from 'typebox'
import { asMessage } from '../../messages/message.ts'
import { render } from '../../messages/render.ts'
import { listSites } from '../../store/sites/sites.ts'
import { fromStoredOrNull } from '../../store/stored-message.ts'
import { type Delivery, listDeliveries } from '../../store/webhooks/deliveries.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { text } from '../../wire/text.ts'
import { DeliveryAnswer } from '../../wire/webhooks.ts'
import { callerOf } from '../access/auth.ts'
import { webhooksRead, webhooksWrite } from '../access/scopes.ts'
import type { Api } from '../app.ts'
import { linkNext, pageQuery, readCursor, readPageSize, writeCursor } from '../plumbing/paging.ts'
import { WebhookParams, webhookFor } from '../webex/webhooks.ts'

export function deliveries({ app, store }: Api): void {
  app.get(
    '/api/webhooks/:webhookId/deliveries',
    {
      config: { access: webhooksRead },
      schema: {
        summary: 'List the deliveries of a webhook, newest first',
        description: 'Kept for a week: successful deliveries, and those for a webhook that has become inactive.',
        tags: ['Webhooks'],
        params: WebhookParams,
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: Type.Object({ items: Type.Array(DeliveryAnswer) }), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { webhook_id } = await webhookFor(store.db, caller, request.params.webhookId)
      const limit = readPageSize(request.query.max)
      const before = readCursor(request.query.cursor, ['string'])?.[0] ?? null
      const found = await listDeliveries(store.db, webhook_id, before, limit + 1)
      if (found.length > limit) linkNext(request, reply, writeCursor([found[limit - 1]!.delivery_id]))
      const urls = new Map((await listSites(store.db, null)).map(site => [site.site_id, site.url]))
      return { items: found.slice(0, limit).map(delivery => asAnswer(delivery, urls.get(delivery.site_id) ?? '')) }
    },
  )

  app.post(
    '/api/webhooks/:webhookId/replay',
    {
      config: { access: webhooksWrite },
      schema: {
        summary: 'Send deliveries again',
        description: 'One delivery, whatever its result, or all that have not arrived.',
        tags: ['Webhooks'],
        params: WebhookParams,
        body: Type.Object({ deliveryId: Type.Optional(text('The delivery.')) }, { additionalProperties: false }),
        response: { 200: Type.Object({ replayed: Type.Integer() }), '4xx': ErrorAnswer },
      },
    },
    async request => {
      const { webhook_id: webhookId } = await webhookFor(store.db, callerOf(request), request.params.webhookId)
      const deliveryId = request.body.deliveryId ?? null
      return { replayed: await store.write('replayDeliveries', { webhookId, deliveryId, now: app.clock.now() }) }
    },
  )
}

function asAnswer(delivery: Delivery, siteUrl: string): DeliveryAnswer {
  const { delivered_at, next_at } = delivery
  const lastError = fromStoredOrNull(delivery.last_error)
  return {
    id: delivery.delivery_id,
    siteUrl,
    change: delivery.batch,
    rooms: (JSON.parse(delivery.people) as number[]).length,
    status: delivered_at !== null ? 'delivered' : next_at !== null ? 'waiting' : 'kept',
    attempts: delivery.attempts,
    nextAt: next_at === null ? null : new Date(next_at).toISOString(),
    deliveredAt: delivered_at === null ? null : new Date(delivered_at).toISOString(),
    lastError: lastError === null ? null : render(lastError),
    lastErrorMessage: asMessage(lastError),
  }
}
