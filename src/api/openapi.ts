import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { version } from '../version.ts'

/** `/openapi.json`, made from the schemas that validate. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Roomkey',
        version,
        description:
          "Webex's calls around the personal meeting room under `/v1`, Roomkey's own under `/api`. Webex's calls answer at their bare paths too.",
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
  })
  app.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } as object }, async () =>
    app.swagger(),
  )
}
