import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

/** The name of a request in its answer, log lines and the journal. */
export function newTrackingId(): string {
  return `ROOMKEY_${randomUUID()}`
}

/** A token may end up in a path where its ID was meant: the log must not show it. */
function withoutTokens(path: string): string {
  return path.replace(/rk_[\w-]+/g, 'rk_…')
}

/** Puts the `trackingid` header on every answer, and writes one log line for each. */
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
