import type { RouteOptions } from 'fastify'
import { version } from '../../version.ts'
import type { App } from '../app.ts'

interface Described {
  summary?: string
  body?: unknown
  params?: { properties: Record<string, object> }
  querystring?: { properties: Record<string, object> }
  response?: Record<string, unknown>
}

/** `/_roomkey/openapi.json`: the calls for tests, which are no part of the service's own description. */
export function describeTesting(app: App): void {
  const paths: Record<string, Record<string, object>> = {}
  app.addHook('onRoute', (route: RouteOptions) => {
    const path = route.url.replace(/:(\w+)/g, '{$1}')
    paths[path] = {
      ...paths[path],
      [String(route.method).toLowerCase()]: operationOf((route.schema ?? {}) as Described),
    }
  })
  const info = { title: 'Roomkey for tests', version }
  app.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } as object }, async () => {
    const { '/_roomkey/openapi.json': _, ...described } = paths
    return { openapi: '3.1.0', info, paths: described }
  })
}

function operationOf({ summary, body, params, querystring, response = {} }: Described): object {
  const parameters = [
    ...Object.entries(params?.properties ?? {}).map(([name, schema]) => ({ name, in: 'path', required: true, schema })),
    ...Object.entries(querystring?.properties ?? {}).map(([name, schema]) => ({ name, in: 'query', schema })),
  ]
  return {
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && { requestBody: { required: true, content: contentOf(body) } }),
    responses: Object.fromEntries(
      Object.entries(response).map(([status, schema]) => [
        status.toUpperCase(),
        { description: status === '204' ? 'Done.' : status, ...(status !== '204' && { content: contentOf(schema) }) },
      ]),
    ),
  }
}

function contentOf(schema: unknown): object {
  return { 'application/json': { schema } }
}
