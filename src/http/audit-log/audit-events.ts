/** The audit log: every administrative action on a site, or on the service as a whole. */
import Type from 'typebox'
import { message } from '../../messages/message.ts'
import { type AuditLogEntry, listAuditEvents } from '../../store/audit-log/audit-events.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { ActAnswer } from '../../wire/history.ts'
import { text } from '../../wire/text.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import { siteFor } from '../access/site-access.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { linkNext, pageQuery, readCursor, readPageSize, writeCursor } from '../plumbing/paging.ts'

const Query = Type.Object(
  {
    siteUrl: Type.Optional(text('The site. Without it, events of the service as a whole, such as those about tokens.')),
    ...pageQuery,
  },
  { additionalProperties: false },
)

export function auditEvents({ app, store }: Api): void {
  app.get(
    '/api/audit-events',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'List the audit log, newest first',
        tags: ['History'],
        querystring: Query,
        response: { 200: Type.Object({ items: Type.Array(ActAnswer) }), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { siteUrl, max, cursor } = request.query
      if (siteUrl === undefined && caller.sites !== null) throw refuse(403, message('nameSite'))
      const site = siteUrl === undefined ? null : await siteFor(store.db, caller, siteUrl)
      const limit = readPageSize(max)
      const before = readCursor(cursor, ['string'])?.[0] ?? null
      const found = await listAuditEvents(store.db, site?.site_id ?? null, before, limit + 1)
      if (found.length > limit) linkNext(request, reply, writeCursor([found[limit - 1]!.event_id]))
      return { items: found.slice(0, limit).map(asAnswer) }
    },
  )
}

function asAnswer(event: AuditLogEntry): ActAnswer {
  return {
    id: event.event_id,
    at: new Date(event.at).toISOString(),
    tokenId: event.token_id,
    tokenName: event.token_name,
    trackingId: event.tracking_id,
    action: event.action,
    subject: event.subject,
    detail: JSON.parse(event.detail),
  }
}
