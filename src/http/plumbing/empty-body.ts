/** DELETE has no body, but many clients send a `Content-Type` with every call: without a body, it says nothing. */
import type { FastifyInstance } from 'fastify'

export function ignoreTypesOfEmptyBodies(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ method, headers }) => {
    const isEmpty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0
    if (method === 'DELETE' && isEmpty) delete headers['content-type']
  })
}
