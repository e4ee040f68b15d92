import type { FastifyInstance, HTTPMethods } from 'fastify'
import { refuse } from './errors.ts'

const methods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] as const

/** Answers 405 with `Allow` wherever a path exists under other methods. Must be called before the routes are added. */
export function answerWrongMethods(app: FastifyInstance): () => void {
  const allowed = new Map<string, Set<string>>()

  app.addHook('onRoute', ({ url, method }) => {
    const existing = allowed.get(url) ?? new Set()
    for (const each of [method].flat()) existing.add(each)
    allowed.set(url, existing)
  })

  return () => {
    for (const [url, existing] of [...allowed]) {
      const allow = [...existing].sort().join(', ')
      app.route({
        method: methods.filter(method => !existing.has(method)) as HTTPMethods[],
        url,
        schema: { hide: true } as object,
        config: { access: 'public' },
        onRequest: async request => {
          throw refuse(405, `${request.method} is not supported on this path; use ${allow}.`, { allow })
        },
        handler: async () => undefined,
      })
    }
  }
}
