/** Checks answers against Webex's published OpenAPI file, if `WEBEX_OPENAPI` names it. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

const file = process.env.WEBEX_OPENAPI

/** Why there is nothing to check answers against, or null when there is. */
export const withoutWebexOpenApi = file ? null : 'WEBEX_OPENAPI names no file: answers are not held against it'

interface Content {
  schema?: object
  example?: unknown
}
interface Operation {
  requestBody?: { content: Record<string, Content> }
  responses: Record<string, { content?: Record<string, Content> }>
}

/** Of Webex's calls about meetings, which are in another file of Webex's: what we keep of it. */
const meetingsFile = new URL('../../devtools/webex-meetings.openapi.json', import.meta.url)

/** One operation of the file, e.g. `webexCall('GET', '/people')`. */
export function webexCall(
  method: string,
  path: string,
  from: string | URL = path.startsWith('/meetings') ? meetingsFile : file!,
) {
  const document = JSON.parse(readFileSync(from, 'utf8')) as {
    paths: Record<string, Record<string, Operation>>
    components: { schemas: Record<string, object> }
  }
  const operation = document.paths[path]?.[method.toLowerCase()]
  if (operation === undefined) throw new Error(`${method} ${path} is not in the file.`)

  return {
    /** The example of the request's body. */
    exampleBody: (): Record<string, unknown> =>
      structuredClone(Object.values(operation.requestBody?.content ?? {})[0]?.example as Record<string, unknown>),
    /** How an answer differs from the file's description; empty when it does not. */
    faults(status: number, body: unknown): string[] {
      const answer = operation.responses[String(status)]
      if (answer === undefined) return [`status ${status} is not described`]
      const schema = Object.values(answer.content ?? {})[0]?.schema
      if (schema === undefined) return []
      const ajv = new Ajv2020({ strict: false, allErrors: true })
      formats.default(ajv)
      const validate = ajv.compile({ ...schema, components: document.components })
      validate(body)
      return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
    },
  }
}
