import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { version } from '../../version.ts'

/** Has every route that is added from here on described, from the schema that validates it. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Roomkey',
        version,
        description:
          "Webex's calls around the personal meeting room under `/v1`, and at their bare paths too; Roomkey's own under `/api`.",
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
  })
}

/** `/openapi.json`: the description, for programs. */
export function openapi(app: FastifyInstance): void {
  app.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } as object }, async () =>
    app.swagger(),
  )
}
