/**
 * docs/supported.md: every call of Webex's published description, field by field, beside what the service does. `npm run
 * supported` writes it from Webex's OpenAPI file, which WEBEX_OPENAPI names, and from our own; a test holds the page to both.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildServer } from '#roomkey/http/server.js'
import { openMemoryStore } from '#roomkey/store/sqlite/memory-store.js'

const file = fileURLToPath(new URL('../docs/supported.md', import.meta.url))
/** Of another of Webex's files, as much as concerns meetings. */
const meetingsFile = fileURLToPath(new URL('../devtools/webex-meetings.openapi.json', import.meta.url))

type Schema = {
  $ref?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}
interface Operation {
  summary?: string
  parameters?: { name: string; in: string }[]
  requestBody?: { content: Record<string, { schema?: Schema }> }
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>
}
interface Description {
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const
const intro = `# What is supported

Every call of the part of Webex's API that Roomkey stands in for, field by field. Names of calls and fields are from the OpenAPI
file of developer.webex.com (CC BY 4.0). Written by \`npm run supported\`; a test holds this page to the service. Other calls of
Webex are answered 501.
`

/** The page, as it should be. @param webexFile Webex's OpenAPI file */
export async function renderSupported(webexFile: string): Promise<string> {
  const ours = await ownDescription()
  const calls = [webexFile, meetingsFile].flatMap(each => {
    const webex = JSON.parse(readFileSync(each, 'utf8')) as Description
    return Object.entries(webex.paths).flatMap(([path, item]) =>
      methods.flatMap(method => (item[method] === undefined ? [] : [{ webex, path, method, described: item[method] }])),
    )
  })
  const parts = calls.map(({ webex, path, method, described }) => {
    const own = ours.paths[`/v1${path}`]?.[method]
    const title = `## ${described.summary}\n\n\`${method.toUpperCase()} ${path}\``
    if (own === undefined) return `${title}: not supported, 501.\n`
    const rows = [
      row('query', namesIn(described, 'query'), namesIn(own, 'query')),
      row('body', fieldsOf(webex, bodyOf(described)), fieldsOf(ours, bodyOf(own))),
      row('answer', fieldsOf(webex, answerOf(described)), fieldsOf(ours, answerOf(own))),
    ].filter(text => text !== '')
    const table = ['| part | supported | not supported |', '| --- | --- | --- |', ...rows].join('\n')
    return `${title}\n${rows.length === 0 ? '' : `\n${table}\n`}`
  })
  return [intro, ...parts].join('\n')
}

export function writtenSupported(): string {
  return readFileSync(file, 'utf8')
}

/** The calls that the service describes under /v1, as `GET /people`. */
export async function ownCalls(): Promise<string[]> {
  const { paths } = await ownDescription()
  return Object.entries(paths).flatMap(([path, item]) =>
    path.startsWith('/v1/')
      ? methods.filter(method => method in item).map(method => `${method.toUpperCase()} ${path.slice('/v1'.length)}`)
      : [],
  )
}

async function ownDescription(): Promise<Description> {
  const store = await openMemoryStore()
  const app = await buildServer({ store, rateLimit: null })
  const description = (await app.inject('/openapi.json')).json() as Description
  await app.close()
  await store.close()
  return description
}

function row(part: string, described: string[], own: string[]): string {
  if (described.length === 0) return ''
  const known = new Set(own)
  const shown = (names: string[]) => names.map(name => `\`${name}\``).join(' ')
  return `| ${part} | ${shown(described.filter(name => known.has(name)))} | ${shown(described.filter(name => !known.has(name)))} |`
}

function namesIn({ parameters = [] }: Operation, place: string): string[] {
  return parameters.filter(parameter => parameter.in === place).map(({ name }) => name)
}

function bodyOf({ requestBody }: Operation): Schema | undefined {
  return Object.values(requestBody?.content ?? {})[0]?.schema
}

function answerOf({ responses }: Operation): Schema | undefined {
  return Object.values(responses['200']?.content ?? {})[0]?.schema
}

/** `personalMeetingRoomIds[].email` and the like, each once, in the order of the schema. */
function fieldsOf(document: Description, schema: Schema | undefined, prefix = '', depth = 6): string[] {
  if (schema === undefined || depth === 0) return []
  if (schema.$ref !== undefined) {
    return fieldsOf(document, document.components?.schemas?.[schema.$ref.split('/').at(-1)!], prefix, depth - 1)
  }
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const inner = fieldsOf(document, property, `${prefix}${name}.`, depth - 1)
    return inner.length > 0 ? inner : [prefix + name]
  })
  const items = fieldsOf(document, schema.items, `${prefix.replace(/\.$/, '')}[].`, depth - 1)
  return [...new Set([...own, ...items, ...parts.flatMap(part => fieldsOf(document, part, prefix, depth - 1))])]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const webexFile = process.env.WEBEX_OPENAPI
  if (!webexFile) throw new Error("Set WEBEX_OPENAPI to Webex's OpenAPI file.")
  writeFileSync(file, await renderSupported(webexFile))
}
