/** In the bodies of Webex's calls, null says the same as leaving the field out: many serializers write it by default. */
import type { FastifyInstance } from 'fastify'

/** `passwordCriteria` of the common settings, and the items of a batch, are no deeper. */
const maxDepth = 4

export function ignoreNullFields(app: FastifyInstance): void {
  app.addHook('preValidation', async request => dropNulls(request.body, maxDepth))
}

function dropNulls(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null || depth === 0) return
  for (const [name, field] of Object.entries(value)) {
    if (field === null && !Array.isArray(value)) delete (value as Record<string, unknown>)[name]
    else dropNulls(field, depth - 1)
  }
}
