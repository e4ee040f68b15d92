/**
 * How much one call may ask of the process before anything of it is judged: bytes, and fields. A validator reports every
 * error, so a body of a million unknown fields would be a million reports.
 */
import type { FastifyInstance } from 'fastify'
import { message } from '../../messages/message.ts'
import { refuse } from '../plumbing/errors.ts'

/** Of the body of a call that does not say that it takes more. */
export const defaultBodyBytes = 64 * 2 ** 10

/** Of a body with a list of a hundred people or of sites: every field at its longest, with characters that JSON escapes. */
export const longListBytes = 512 * 2 ** 10

/** A hundred people with every field are fewer than a thousand, and a token may name a thousand sites. */
const maxFieldsOfBody = 2000

/** Each is in the URL, and no call knows more than twenty. */
const maxFieldsOfQuery = 100

/** Must be called before what else goes through bodies. */
export function refuseTooManyFields(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ body, query }) => {
    if (!hasAtMost(maxFieldsOfBody, body)) {
      throw refuse(400, message('bodyTooManyFields', { most: maxFieldsOfBody }))
    }
    if (!hasAtMost(maxFieldsOfQuery, query)) {
      throw refuse(400, message('queryTooManyFields', { most: maxFieldsOfQuery }))
    }
  })
}

/** Counts fields and items, however deep they lie; it looks at no more of them than it may. */
export function hasAtMost(most: number, value: unknown): boolean {
  let left = most
  const open = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next !== 'object' || next === null || Buffer.isBuffer(next)) continue
    // Not Object.values, which would copy a million of them first.
    for (const name in next) {
      left -= 1
      if (left < 0) return false
      open.push((next as Record<string, unknown>)[name])
    }
  }
  return true
}
