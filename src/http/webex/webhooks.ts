/** Create, list, get, update and delete webhooks. */
import { randomUUID } from 'node:crypto'
import { isIP } from 'node:net'
import Type from 'typebox'
import { message } from '../../messages/message.ts'
import { isPublicAddress } from '../../notifications/webhooks/public-address.ts'
import type { Db } from '../../store/tables.ts'
import { findWebhook, listWebhooks, maxOfSite, receivesRooms, type Webhook } from '../../store/webhooks/webhooks.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { orgId } from '../../wire/people.ts'
import { text } from '../../wire/text.ts'
import { NewWebhookRequest, WebhookAnswer, WebhookUpdate } from '../../wire/webhooks.ts'
import { actorOf } from '../access/actor.ts'
import { callerOf } from '../access/auth.ts'
import type { Caller } from '../access/caller.ts'
import { webhooksRead, webhooksWrite } from '../access/scopes.ts'
import { isWithin } from '../access/site-access.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { linkNext, pageQuery, readCursor, readPageSize, writeCursor } from '../plumbing/paging.ts'

export const WebhookParams = Type.Object({ webhookId: text('The webhook.') })

export function webhooks({ app, store }: Api, allowPrivate: boolean): void {
  app.get(
    '/webhooks',
    {
      config: { access: webhooksRead },
      schema: {
        summary: 'List Webhooks',
        tags: ['Webhooks'],
        querystring: Type.Object(
          {
            ownedBy: Type.Optional(Type.Enum(['org'], { description: 'Only those of the organisation.' })),
            ...pageQuery,
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(WebhookAnswer) }), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { max, ownedBy, cursor } = request.query
      const after = readCursor(cursor, ['large', 'string'])
      const limit = readPageSize(max)
      const visible = (await listWebhooks(store.db)).filter(
        webhook =>
          isWithin(caller, sitesOf(webhook)) &&
          (ownedBy === undefined || webhook.owned_by === ownedBy) &&
          (after === null || isAfter(webhook, after)),
      )
      const page = visible.slice(0, limit)
      const last = page.at(-1)
      if (visible.length > limit && last) linkNext(request, reply, writeCursor([last.created_at, last.webhook_id]))
      return { items: page.map(asAnswer) }
    },
  )

  app.post(
    '/webhooks',
    {
      config: { access: webhooksWrite },
      schema: {
        summary: 'Create a Webhook',
        description: 'It is notified of changes on the sites that the access token is for.',
        tags: ['Webhooks'],
        body: NewWebhookRequest,
        response: { 200: WebhookAnswer, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const { name, targetUrl, resource, event, filter, secret, ownedBy } = request.body
      const caller = callerOf(request)
      refuseBadUrl(targetUrl, allowPrivate)
      if (receivesRooms(resource) && filter !== undefined && !/^siteUrl=[^&]+$/i.test(filter)) {
        throw refuse(400, message('webhookFilter'))
      }
      const actor = actorOf(request)
      const webhook = {
        webhook_id: Buffer.from(`ciscospark://us/WEBHOOK/${randomUUID()}`).toString('base64url'),
        name,
        target_url: targetUrl,
        resource,
        event,
        filter: filter ?? null,
        secret: secret ?? null,
        owned_by: ownedBy ?? null,
        sites: caller.sites === null ? null : [...caller.sites].join(' '),
      }
      const added = await store.write('addWebhook', { ...actor, webhook })
      if (!added) throw refuse(409, message('tooManyWebhooks', { most: maxOfSite }))
      return asAnswer({ ...webhook, active: 1, created_at: actor.now })
    },
  )

  app.get(
    '/webhooks/:webhookId',
    {
      config: { access: webhooksRead },
      schema: {
        summary: 'Get Webhook Details',
        tags: ['Webhooks'],
        params: WebhookParams,
        response: { 200: WebhookAnswer, '4xx': ErrorAnswer },
      },
    },
    async request => asAnswer(await webhookFor(store.db, callerOf(request), request.params.webhookId)),
  )

  app.put(
    '/webhooks/:webhookId',
    {
      config: { access: webhooksWrite },
      schema: {
        summary: 'Update a Webhook',
        description:
          'With `status` active, one that had failed for a day is tried again with all that was kept for it.',
        tags: ['Webhooks'],
        params: WebhookParams,
        body: WebhookUpdate,
        response: { 200: WebhookAnswer, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const caller = callerOf(request)
      const { webhook_id: webhookId, active } = await webhookFor(store.db, caller, request.params.webhookId)
      const { name, targetUrl, secret, status } = request.body
      if (status === 'inactive' && active === 1) {
        throw refuse(400, 'An active webhook cannot be made inactive; delete it instead.')
      }
      refuseBadUrl(targetUrl, allowPrivate)
      const change = { webhookId, name, targetUrl, secret, activate: status === 'active' }
      await store.write('changeWebhook', { ...actorOf(request), ...change })
      return asAnswer(await webhookFor(store.db, caller, webhookId))
    },
  )

  app.delete(
    '/webhooks/:webhookId',
    {
      config: { access: webhooksWrite },
      schema: {
        summary: 'Delete a Webhook',
        tags: ['Webhooks'],
        params: WebhookParams,
        response: { 204: Type.Null(), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const { webhook_id } = await webhookFor(store.db, callerOf(request), request.params.webhookId)
      await store.write('removeWebhook', { ...actorOf(request), webhookId: webhook_id })
      return reply.code(204).send(null)
    },
  )
}

/** @throws ApiError 404 for a webhook that does not exist, or that covers sites other than the caller's. */
export async function webhookFor(db: Db, caller: Caller, webhookId: string): Promise<Webhook> {
  const webhook = await findWebhook(db, webhookId)
  if (webhook === undefined || !isWithin(caller, sitesOf(webhook))) throw refuse(404, message('noWebhook'))
  return webhook
}

/** Host names are checked when connecting; an obviously invalid target is refused here. */
function refuseBadUrl(targetUrl: string, allowPrivate: boolean): void {
  const url = URL.canParse(targetUrl) ? new URL(targetUrl) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw refuse(400, message('webhookUrl'))
  if (url.username !== '' || url.password !== '') throw refuse(400, message('webhookCredentials'))
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!allowPrivate && (host === 'localhost' || (isIP(host) !== 0 && !isPublicAddress(host)))) {
    throw refuse(400, message('webhookPrivate'))
  }
}

function isAfter({ created_at, webhook_id }: Webhook, [at, id]: [number, string]): boolean {
  return created_at > at || (created_at === at && webhook_id > id)
}

function sitesOf({ sites }: Webhook): string[] | null {
  return sites === null ? null : sites.split(' ')
}

function asAnswer(webhook: Webhook): WebhookAnswer {
  return {
    id: webhook.webhook_id,
    name: webhook.name,
    targetUrl: webhook.target_url,
    resource: webhook.resource,
    event: webhook.event,
    ...(webhook.filter === null ? {} : { filter: webhook.filter }),
    status: webhook.active === 1 ? 'active' : 'inactive',
    created: new Date(webhook.created_at).toISOString(),
    ...(webhook.owned_by === null ? {} : { ownedBy: webhook.owned_by }),
    orgId,
  }
}
