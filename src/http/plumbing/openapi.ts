import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { version } from '../../version.ts'
import { jsonType } from './errors.ts'

/** Describes every route that is added from here on, from the schema that validates it. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Roomkey',
        version,
        description:
          "Webex's calls about personal meeting rooms are under `/v1` and at their bare paths; Roomkey's own calls are under `/api`.",
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
  })
}

/** `/openapi.json`: the description, for programs. */
export function openapi(app: FastifyInstance): void {
  let description: string | undefined
  app.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } as object }, async (_, reply) => {
    // Anybody may ask for it, as often as they like.
    description ??= JSON.stringify(app.swagger())
    return reply.type(jsonType).send(description)
  })
}
