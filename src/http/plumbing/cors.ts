/**
 * Lets the pages of named origins call the service from a browser (CORS, in the Fetch standard): with a token, and
 * never with the console's cookie, since no answer allows credentials.
 */
import type { FastifyInstance } from 'fastify'

/** What an answer says beyond its body, and browsers would hide. */
const exposed = 'Allow, Idempotent-Replayed, Link, Retry-After, TrackingId, WWW-Authenticate'

/** In seconds: how long a browser may remember what it was allowed. */
const maxAge = '600'

/** @param origins e.g. `https://app.example.com`; without any, no page elsewhere may call. */
export function allowOrigins(app: FastifyInstance, origins: string[]): void {
  if (origins.length === 0) return
  app.addHook('onRequest', async (request, reply) => {
    const { origin, 'access-control-request-method': method, 'access-control-request-headers': names } = request.headers
    reply.header('vary', 'Origin')
    if (origin === undefined || !origins.includes(origin)) return
    reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': exposed })
    if (request.method !== 'OPTIONS' || method === undefined) return
    reply.headers({
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': names ?? '',
      'access-control-max-age': maxAge,
    })
    return reply.code(204).send()
  })
}
