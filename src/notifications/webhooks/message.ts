import { createHmac } from 'node:crypto'
import { eventOf, type readMessage } from '../../store/webhooks/deliveries.ts'

type Contents = NonNullable<Awaited<ReturnType<typeof readMessage>>>

export interface Message {
  body: string
  headers: Record<string, string>
}

/**
 * A message as Webex sends them: the webhook, and what happened under `data`. Signed, where there is a secret, with
 * the HMAC-SHA1 of the raw body in hexadecimal.
 */
export function makeMessage(deliveryId: string, { webhook, change, siteUrl, rooms }: Contents): Message {
  const body = JSON.stringify({
    id: webhook.webhook_id,
    name: webhook.name,
    targetUrl: webhook.target_url,
    resource: 'rooms',
    // All rooms of a message had the same happen to them, also where the webhook is for every event.
    event: rooms[0] === undefined ? webhook.event : eventOf(rooms[0]),
    ...(webhook.filter === null ? {} : { filter: webhook.filter }),
    ...(webhook.owned_by === null ? {} : { ownedBy: webhook.owned_by }),
    status: 'active',
    created: new Date(webhook.created_at).toISOString(),
    data: {
      id: deliveryId,
      siteUrl,
      change: change.batch,
      at: new Date(change.at).toISOString(),
      trackingId: change.trackingId,
      rotationId: change.rotationId,
      rooms: rooms.map(({ personId, email, oldId, newId }) => ({
        personId,
        email,
        oldPersonalMeetingRoomId: oldId,
        newPersonalMeetingRoomId: newId,
      })),
    },
  })
  const signature =
    webhook.secret === null
      ? {}
      : { 'x-spark-signature': createHmac('sha1', webhook.secret).update(body).digest('hex') }
  return { body, headers: { 'content-type': 'application/json', 'user-agent': 'Roomkey', ...signature } }
}
