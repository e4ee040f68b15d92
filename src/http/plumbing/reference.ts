import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { builtFolder } from '../built-folder.ts'

/** The files of the page, which loads nothing from elsewhere, and the table of what is supported. */
const files: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'supported.md': 'text/markdown; charset=utf-8',
}

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Roomkey API reference</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="reference"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`

const start = `SwaggerUIBundle({ url: '/openapi.json', domNode: document.getElementById('reference'), deepLinking: true })
`

/** These files change only with the version of the service: large, and public. */
const forAnHour = 'public, max-age=3600'

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * `/docs`: the reference of every call, to read and to try. Its files are read on the first request, not at the start.
 */
export function reference(app: FastifyInstance): void {
  const folder = builtFolder('reference')
  const open = { config: { access: 'public' as const }, schema: { hide: true } as object }

  app.get('/docs', open, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', policy).send(page),
  )
  app.get('/docs/start.js', open, async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(start))
  for (const [name, type] of Object.entries(files)) {
    app.get(`/docs/${name}`, open, async (_request, reply) =>
      reply
        .type(type)
        .header('cache-control', forAnHour)
        .send(await readFile(join(folder, name))),
    )
  }
}
