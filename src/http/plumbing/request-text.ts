/** The text of requests: JSON has to be UTF-8, and an e-mail address is the same however it was typed. */
import { isUtf8 } from 'node:buffer'
import type { FastifyInstance } from 'fastify'
import { cleanEmail } from '../../rooms/email-address.ts'
import { refuse } from './errors.ts'

export function readRequestText(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  // The second type is what Webex's description has for Patch a Meeting, though its body is no JSON Patch.
  // As a string, bytes that are not UTF-8 would already be U+FFFD: PowerShell 5.1 sends ISO-8859-1.
  app.addContentTypeParser(
    ['application/json', 'application/json-patch+json'],
    { parseAs: 'buffer' },
    (request, body: Buffer, done) => {
      // Chunked, and then nothing: see empty-body.ts.
      if (body.length === 0 && request.method === 'DELETE') return done(null, undefined)
      if (isUtf8(body)) return parse(request, body.toString(), done)
      done(refuse(400, 'The body is not UTF-8, as JSON has to be; send it with charset=utf-8.'), undefined)
    },
  )
  app.addHook('preValidation', async request => {
    cleanEmails(request.body)
    cleanEmails(request.query)
  })
}

/** Of fields called `email`, `emails`, `userEmail` and the like; `personalMeetingRoomIds[].email` lies deepest. */
function cleanEmails(value: unknown, depth = 3): void {
  if (typeof value !== 'object' || value === null || depth === 0) return
  for (const [name, field] of Object.entries(value)) {
    const fields = value as Record<string, unknown>
    if (!/emails?$/i.test(name)) cleanEmails(field, depth - 1)
    else if (typeof field === 'string') fields[name] = cleanEmail(field)
    else if (Array.isArray(field)) {
      fields[name] = field.map(email => (typeof email === 'string' ? cleanEmail(email) : email))
    }
  }
}
