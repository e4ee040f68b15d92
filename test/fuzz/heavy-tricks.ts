/** Requests that cost whoever reads them without a limit more than they cost their sender. */
import fc from 'fast-check'
import type { Trick } from './wire-tricks.ts'

const site = '/api/sites/example.webex.com'
const plan = encodeURIComponent('{"ids":{"kind":"words","bits":40},"canary":0,"freeze":false,"allowUnmatched":true}')

/** Calls that take a body, by whom and of which type. */
const targets = [
  ['POST /api/session', 'X-Roomkey-Console: 1', 'application/json'],
  ['POST /v1/admin/meetingPreferences/personalMeetingRoom/refreshId', '', 'application/json'],
  ['PUT /v1/meetingPreferences/personalMeetingRoom', '', 'application/json'],
  ['POST /v1/webhooks', '', 'application/json'],
  [`POST ${site}/rotations`, '', 'application/json'],
  ['POST /api/sites/nobody.webex.com/rotations', '', 'application/json'],
  [`POST ${site}/rotations/listed?name=x&plan=${plan}`, '', 'text/csv'],
  ['POST /nothing', '', 'application/json'],
] as const

const bodies: Record<string, (size: number) => string> = {
  'unknown fields': size => `{${Array.from({ length: size }, (_, n) => `"${n}":1`).join(',')}}`,
  'a long list': size => `{"personalMeetingRoomIds":[${'1,'.repeat(size)}1]}`,
  'lists in lists': size => '['.repeat(size) + ']'.repeat(size),
  'fields in fields': size => `${'{"a":'.repeat(size)}1${'}'.repeat(size)}`,
  'one long text': size => `{"name":"${'x'.repeat(size)}"}`,
  'rows of a table': size => `email\n${Array.from({ length: size }, (_, n) => `p${n}@example.com\n`).join('')}`,
  'a cell that never ends': size => `email\n"${'x'.repeat(size)}`,
}

/** Of so many bytes at most; the kinds differ in how much text an item is. */
function bodyOf(what: string, size: number): Buffer {
  const items = Math.ceil(size / 8)
  const text = bodies[what]!(what === 'one long text' || what === 'a cell that never ends' ? size : items)
  return Buffer.from(text).subarray(0, size)
}

/** @param most the largest body, roughly, in bytes. */
export function heavyTrick(token: string, most: number): fc.Arbitrary<Trick> {
  const sizes = fc.integer({ min: 10, max: Math.log2(most) * 10 }).map(log => Math.round(2 ** (log / 10)))
  return fc
    .tuple(fc.constantFrom(...targets), fc.constantFrom(...Object.keys(bodies)), sizes)
    .map(([[call, header, type], what, size]) => {
      return {
        name: `${call}: ${what}, ${size} bytes`,
        // Made when it is sent: forty of 64 MiB would not all have room.
        get parts() {
          const body = bodyOf(what, size)
          const head = [
            `${call} HTTP/1.1`,
            'Host: localhost',
            `Authorization: Bearer ${token}`,
            ...(header === '' ? [] : [header]),
            `Content-Type: ${type}`,
            `Content-Length: ${body.length}`,
            'Connection: close',
          ]
          return [Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]
        },
        // Whoever is refused while still sending more than is drained may not be able to read why.
        answers: size < 2 ** 24 ? 1 : 0,
      }
    })
}
