import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

/** Names a request in every answer, log line and journal. */
export function newTrackingId(): string {
  return `ROOMKEY_${randomUUID()}`
}

/** Whoever takes a token for its ID puts it into the path. */
function withoutTokens(path: string): string {
  return path.replace(/rk_[\w-]+/g, 'rk_…')
}

/** Puts the `trackingid` header on every answer, and one line into the log for each. */
export function trackRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('trackingid', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        path: withoutTokens(request.url.split('?')[0]!),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        token: request.caller?.tokenId,
      },
      'answered',
    )
  })
}
