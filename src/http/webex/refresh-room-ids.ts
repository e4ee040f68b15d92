/** Batch Refresh Personal Meeting Room ID: the operation that Roomkey exists for. */
import { createHash } from 'node:crypto'
import { message } from '../../messages/message.ts'
import { type BatchShape, readBatchShape } from '../../rooms/batch-shape.ts'
import type { RefreshOutcome } from '../../store/refresh/refresh-rooms.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { RefreshRoomIdsAnswer, RefreshRoomIdsRequest } from '../../wire/refresh-room-ids.ts'
import { callerOf } from '../access/auth.ts'
import { refreshAccess } from '../access/scopes.ts'
import { heldSiteFor } from '../access/site-access.ts'
import type { Api } from '../app.ts'
import { longListBytes } from '../limits/body-size.ts'
import { refuse } from '../plumbing/errors.ts'
import { refusedBatch } from './refresh-refusals.ts'
import { readPreferences } from './requests/prefer.ts'

export function refreshRoomIds({ app, store }: Api): void {
  app.post(
    '/admin/meetingPreferences/personalMeetingRoom/refreshId',
    {
      bodyLimit: longListBytes,
      config: { access: refreshAccess, bareBadRequest: true },
      schema: {
        operationId: 'refreshRoomIds',
        summary: 'Batch Refresh Personal Meeting Room ID',
        description:
          "Gives up to 100 people new personal meeting room IDs, either the given ones or ones by the site's rule: all of them, or none. Old links stop working immediately. With `Prefer: dryRun`, the answer says what would happen, and nothing does.",
        tags: ['Preferences'],
        body: RefreshRoomIdsRequest,
        response: { 200: RefreshRoomIdsAnswer, '4xx': ErrorAnswer, '5xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { siteUrl, personalMeetingRoomIds } = request.body
      const shape = readBatchShape(personalMeetingRoomIds)
      if ('refusals' in shape) throw refusedBatch(shape.refusals, 'email')

      const site = await heldSiteFor(store.db, caller, siteUrl)
      const { dryRun } = readPreferences(request, reply)
      const idempotencyKey = readIdempotencyKey(request.headers['idempotency-key'])
      const outcome = await store.refreshRooms({
        siteId: site.site_id,
        by: shape.by,
        items: addressedByKey(shape),
        tokenId: caller.tokenId,
        trackingId: request.id,
        now: app.clock.now(),
        rotationId: caller.rotation,
        idempotency: idempotencyKey === null ? null : { key: idempotencyKey, digest: digestOf(shape) },
        dryRun,
      })
      if ('replayed' in outcome && outcome.replayed) reply.header('idempotent-replayed', 'true')
      return { siteUrl, personalMeetingRoomIds: refreshedItems(outcome, shape) }
    },
  )
}

/** E-mails are compared without regard to case; a personId is opaque. */
function addressedByKey({ by, items }: BatchShape): BatchShape['items'] {
  return by === 'email' ? items.map(({ address, id }) => ({ address: address.toLowerCase(), id })) : items
}

function refreshedItems(outcome: RefreshOutcome, { by }: BatchShape): RefreshRoomIdsAnswer['personalMeetingRoomIds'] {
  switch (outcome.outcome) {
    case 'refreshed':
      return outcome.rooms.map(({ email, personId, id }) => ({ email, personId, personalMeetingRoomId: id }))
    case 'refused':
      throw refusedBatch(outcome.refusals, by)
    case 'siteLocked':
      throw refuse(423, message('siteRotated'), {
        'retry-after': String(outcome.retryAfterSeconds),
      })
    case 'keyReused':
      throw refuse(409, 'This Idempotency-Key was used for another request; give each request a key of its own.')
  }
}

/** The header of the IETF draft: a string, in quotes or bare. */
function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null
  const key = /^(?:"([\x20-\x21\x23-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255}))$/.exec(String(header))
  if (key === null) throw refuse(400, 'Idempotency-Key must have 1 to 255 visible ASCII characters.')
  return key[1] ?? key[2]!
}

function digestOf(shape: BatchShape): string {
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex')
}
