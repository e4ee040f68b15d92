/** Security headers for every answer, so that browsers do not frame, sniff, cache or run any of it. */
import type { FastifyInstance } from 'fastify'

/** A page that needs more replaces the policy itself; files that never change may be cached. */
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
