/** Pages of long lists: `Link: <…>; rel="next"` (RFC 8288) with a cursor that is opaque to callers. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { refuse } from './errors.ts'

/** The cursor as a query parameter. */
const Cursor = Type.String({
  maxLength: 1024,
  description: 'Where the page begins, taken from the `Link` of the previous page.',
})

/** A whole number as a query parameter, which always arrives as text. */
export function countParameter(description: string) {
  return Type.String({ pattern: '^[0-9]{1,9}$', description })
}

const defaultPageSize = 100
const maxPageSize = 1000

/** The query parameters of every list. */
export const pageQuery = {
  max: Type.Optional(countParameter('Maximum number of results, up to 1000. Default: 100.')),
  cursor: Type.Optional(Cursor),
}

/** The requested number of results, capped at the maximum. */
export function readPageSize(max: string | undefined): number {
  const size = max === undefined ? defaultPageSize : Number(max)
  if (size < 1) throw refuse(400, 'max must be at least 1.')
  return Math.min(size, maxPageSize)
}

export function writeCursor(place: (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** A `number` is as large as the database's counts; a `large` one may be a time, or the number of a change. */
type Part = 'string' | 'number' | 'large'

const largest = { number: 2 ** 31 - 1, large: Number.MAX_SAFE_INTEGER }

/**
 * Reads a cursor made of these types, or null where the caller gave none.
 * @throws ApiError 400 when it is not a valid cursor.
 */
export function readCursor<const Shape extends readonly Part[]>(
  text: string | undefined,
  shape: Shape,
): { -readonly [Index in keyof Shape]: Shape[Index] extends 'string' ? string : number } | null {
  if (text === undefined) return null
  const place = parseOrNull(Buffer.from(text, 'base64url').toString())
  const fits =
    Array.isArray(place) && place.length === shape.length && shape.every((type, at) => isPlain(place[at], type))
  if (!fits) throw refuse(400, 'cursor must come from the Link header of the previous page.')
  return place as never
}

/** Points to the next page: this request's URL with another cursor. @param keeps which other parameters it has; default: all */
export function linkNext(
  request: FastifyRequest,
  reply: FastifyReply,
  cursor: string,
  keeps: (name: string) => boolean = () => true,
): void {
  const scheme = request.protocol === 'https' ? 'https' : 'http'
  const url = new URL(request.url, `${scheme}://${request.host || 'localhost'}`)
  for (const name of [...url.searchParams.keys()]) if (!keeps(name)) url.searchParams.delete(name)
  url.searchParams.set('cursor', cursor)
  reply.header('link', `<${url.href}>; rel="next"`)
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isPlain(value: unknown, type: Part): boolean {
  if (type !== 'string')
    return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= largest[type]
  return typeof value === 'string' && !/[\p{Cc}\p{Cs}]/u.test(value)
}
