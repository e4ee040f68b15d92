/** Requests to every operation of an OpenAPI description: valid, nearly valid and hostile. */
import fc from 'fast-check'
import { type Schema, valid, type Words } from './from-schema.ts'
import type { FuzzedService } from './fuzzed-service.ts'
import { hostileWords } from './hostile.ts'
import { oddly } from './rarely.ts'
import { anyBody, bodyOf } from './request-bodies.ts'
import { headersFor } from './request-headers.ts'

export interface Operation {
  method: string
  /** As in the description, e.g. `/api/sites/{siteUrl}`. */
  path: string
  parameters: { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema }[]
  body: Schema | undefined
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}

export interface OpenApi {
  paths: Record<string, Record<string, Omit<Operation, 'method' | 'path' | 'body'> & { requestBody?: RequestBody }>>
}

interface RequestBody {
  content: Record<string, { schema: Schema }>
}

export interface Request {
  method: string
  /** Path and query, as sent. */
  target: string
  headers: [name: string, value: string][]
  body: Buffer | null
}

export function operationsOf(api: OpenApi): Operation[] {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], responses, requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      responses,
      body: requestBody?.content['application/json']?.schema,
    })),
  )
}

export function nameOf({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path}`
}

/** One request to this operation. */
export function requestTo(
  operation: Operation,
  { words, bodies, tokens, sessions }: Pick<FuzzedService, 'words' | 'bodies' | 'tokens' | 'sessions'>,
): fc.Arbitrary<Request> {
  return fc
    .record({
      target: targetOf(operation, words),
      body:
        operation.body === undefined
          ? oddly(anyBody, fc.constant(null), 12)
          : bodyOf(operation.body, words, bodies[nameOf(operation)]),
      headers: headersFor(Object.values(tokens), sessions),
      method: oddly(
        fc.constantFrom('HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE', 'M-SEARCH'),
        fc.constant(operation.method),
        25,
      ),
    })
    .map(({ target, body, headers, method }) => ({
      method,
      target,
      body: body?.bytes ?? null,
      headers: [...headers, ...(body?.headers ?? [])],
    }))
}

function targetOf({ path, parameters }: Operation, words: Words): fc.Arbitrary<string> {
  const places = parameters.filter(each => each.in === 'path')
  const queries = parameters.filter(each => each.in === 'query')
  const filled = fc.tuple(
    ...places.map(({ name, schema }) => oddly(hostileSegment, valid(schema, name, words).map(escaped), 10)),
  )
  const asked = fc.tuple(...queries.map(each => queryOf(each, words)))
  return fc
    .tuple(
      filled,
      asked,
      oddly(
        pathTrick,
        fc.constant((target: string) => target),
        25,
      ),
    )
    .map(([values, pairs, trick]) => {
      const filledIn = places.reduce((whole, { name }, index) => whole.replace(`{${name}}`, () => values[index]!), path)
      const query = pairs.filter(pair => pair !== '').join('&')
      return trick(query === '' ? filledIn : `${filledIn}?${query}`)
    })
}

function queryOf({ name, schema, required }: Operation['parameters'][number], words: Words): fc.Arbitrary<string> {
  const value = name === 'cursor' ? cursor : valid(schema, name, words).map(each => escaped(String(each)))
  const right = value.map(each => `${name}=${each}`)
  const wrong = fc.oneof(
    fc.constantFrom(...hostileWords).map(word => `${name}=${escaped(word)}`),
    fc.constantFrom(
      name,
      `${name}=`,
      `${name}=1&${name}=2`,
      `${name}[]=1`,
      `${name}=%`,
      `${name}=%ff%fe`,
      `__proto__=1&${name}=1`,
    ),
  )
  return required
    ? oddly(wrong, right, 10)
    : fc.oneof(
        // Without a person, most calls can only be refused.
        { weight: name === 'userEmail' ? 2 : 6, arbitrary: fc.constant('') },
        { weight: 4, arbitrary: right },
        { weight: 1, arbitrary: wrong },
      )
}

/** A cursor in the form that some list may accept, with positions that may not exist. */
const cursor = fc.oneof(
  fc
    .array(
      fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.constantFrom(...hostileWords), fc.constantFrom('ada', 'zz')),
      { minLength: 1, maxLength: 3 },
    )
    .map(place => Buffer.from(JSON.stringify(place)).toString('base64url')),
  fc.string({ maxLength: 30 }).map(escaped),
)

function escaped(value: unknown): string {
  return encodeURIComponent(Buffer.from(String(value)).toString())
}

const hostileSegment = fc.oneof(
  fc.constantFrom(...hostileWords).map(escaped),
  fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '%2f',
    '%5c',
    '%',
    '%zz',
    '%00',
    '%c0%ae',
    '%ff',
    '%252e',
    '*',
    ';a=b',
    '~',
    '%E2%80%AE',
    '+',
  ),
  fc.integer({ min: 90, max: 12_000 }).map(length => 'x'.repeat(length)),
)

const pathTrick: fc.Arbitrary<(target: string) => string> = fc.constantFrom(
  target => `/${target}`,
  target => `${target}/`,
  target => target.replace('/', '/./'),
  target => target.replace(/\/(\w+)$/, '/x/../$1'),
  target => target.replaceAll('/', '//'),
  target => target.replace(/.\//, '%2f'),
  target => target.toUpperCase(),
  target => `${target}?`,
  target => `${target}&&&=&`,
  target => `${target}#fragment`,
  target => target.replace('/v1', ''),
  target => `http://elsewhere.test${target}`,
  target => `${target}%20`,
  target => `${target}\\..\\..`,
  target => target.replace(/[a-z]/, letter => `%${letter.charCodeAt(0).toString(16)}`),
)

/** The bytes of a request. Characters outside Latin-1 in the target or a header are sent as UTF-8. */
export function bytesOf({ method, target, headers, body }: Request): Buffer {
  const given = new Set(headers.map(([name]) => name.toLowerCase()))
  const lines = [
    ...(given.has('host') ? [] : ['Host: example.webex.com']),
    ...(given.has('x-roomkey-console') ? [] : ['X-Roomkey-Console: 1']),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === null ? [] : [`Content-Length: ${body.length}`]),
    'Connection: close',
  ]
  const head = `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), body ?? Buffer.alloc(0)])
}
