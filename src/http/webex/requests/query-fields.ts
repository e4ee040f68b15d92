/**
 * The query of Webex's calls, as clients in use send it. A field that the call does not know is ignored where that
 * cannot have a wrong effect, and refused otherwise: without its filter, a call would list, or change, somebody else.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { orgId } from '../../../wire/people.ts'
import { refuse } from '../../plumbing/errors.ts'

/** What clients add to any read. It names nobody and leaves nobody out. */
const harmless = new Set(['max', 'callingData', 'showAllTypes', 'excludeStatus', 'minResponse'])

/** Of lists that are paged by number. Ours are paged by `Link`, and ignoring a number would show a page twice. */
const offsets = new Set(['start', 'offset'])

/** An empty one says nothing where another one says who is meant. */
const filters = ['email', 'displayName', 'id']

type Query = Record<string, string | string[]>
type Known = Record<string, { enum?: unknown[] }>

export function readQueryFields(app: FastifyInstance): void {
  app.addHook('preValidation', async request => {
    const query = request.query as Query
    const known = knownFields(request)
    for (const [name, value] of Object.entries(query)) {
      const one = once(name, value)
      query[name] = isFlag(known[name]) ? asFlag(one) : one
    }
    if (request.method === 'GET' || request.method === 'HEAD') ignoreHarmless(query as Record<string, string>, known)
  })
}

function knownFields(request: FastifyRequest): Known {
  const { querystring } = (request.routeOptions.schema ?? {}) as { querystring?: { properties?: Known } }
  return querystring?.properties ?? {}
}

/** @throws ApiError 400 for two values; the same one twice, as when a client adds `max` to a next page's URL, is one. */
function once(name: string, value: string | string[]): string {
  const [first, ...others] = [value].flat()
  if (others.every(other => other === first)) return first!
  throw refuse(400, `${printable(name)} is given more than once, with different values; give it once.`)
}

function isFlag(field: Known[string] | undefined): boolean {
  return field?.enum?.includes('true') ?? false
}

/** Python writes True, and others 1. */
function asFlag(value: string): string {
  if (/^(true|1)$/i.test(value)) return 'true'
  return /^(false|0)$/i.test(value) ? 'false' : value
}

function ignoreHarmless(query: Record<string, string>, known: Known): void {
  const isFiltered = filters.some(name => query[name])
  for (const [name, value] of Object.entries(query)) {
    if (harmless.has(name) && (value === '' || !(name in known))) delete query[name]
    // Everybody is in it.
    else if (name === 'orgId' && value === orgId && !(name in known)) delete query[name]
    else if (value === '' && isFiltered && filters.includes(name)) delete query[name]
    else if (offsets.has(name) && !(name in known)) {
      if (!/^0*$/.test(value)) throw refuse(400, `${name} is not supported; follow the Link header to the next page.`)
      delete query[name]
    }
  }
}

function printable(name: string): string {
  return name.slice(0, 64).replace(/[^\x20-\x7e]/g, '?')
}
