/** What browsers are told with every answer, so that nothing of it can be framed, sniffed, kept or run. */
import type { FastifyInstance } from 'fastify'

/** A page that needs more says so itself: it replaces the policy, and what never changes may be kept. */
export const guards = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(guards)
  })
}
