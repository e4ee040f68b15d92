/** Requests that no HTTP library would send. */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { Part } from '../support/raw-http.ts'

export interface Trick {
  name: string
  parts: Part[]
  /** How many answers there must be; 0 where closing the connection counts as an answer. */
  answers: number
  isHead?: boolean
}

const path = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId'

/** Paths outside the OpenAPI description. */
const pages = [
  '/',
  '/console/',
  '/console/assets',
  '/docs',
  '/docs/',
  '/openapi.json',
  '/metrics',
  '/rooms/',
  '/meet/',
  '/v1',
  '/api',
]
const detours = [
  '',
  '..',
  '/../../package.json',
  '/%2e%2e/%2e%2e/package.json',
  '..%2f..%2fpackage.json',
  '....//package.json',
  'index.html%00.js',
  '%5c..%5cpackage.json',
  '?x=%',
  '/%ff',
  '/%E2%80%AE',
  '//elsewhere.test/',
  'index.html.br',
]

/** The tricks, with a valid token. */
export function wireTrick(token: string): fc.Arbitrary<Trick> {
  const body = JSON.stringify({
    siteUrl: 'example.webex.com',
    personalMeetingRoomIds: [{ email: 'ada@example.com', systemGenerated: true }],
  })
  const head = (lines: string[], first = `POST ${path} HTTP/1.1`) =>
    `${[first, 'Host: localhost', `Authorization: Bearer ${token}`, 'Content-Type: application/json', ...lines].join('\r\n')}\r\n\r\n`
  const close = 'Connection: close'
  const trick = (name: string, answers: number, ...parts: (string | Buffer | number)[]): Trick => ({
    name,
    answers,
    parts: parts.map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  })
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
  const big = fc.integer({ min: 1, max: 400 })
  const anyText = fc.string({ unit: 'binary-ascii', maxLength: 200 })

  return fc.oneof(
    fc.constantFrom(
      trick('too much content-length, then silence', 1, head(['Content-Length: 999', close]), body),
      trick('too little content-length', 1, head(['Content-Length: 5', close]), body),
      trick('negative content-length', 1, head(['Content-Length: -5', close]), body),
      trick('two content-lengths', 1, head([`Content-Length: ${body.length}`, 'Content-Length: 5', close]), body),
      trick('content-length that is no number', 1, head(['Content-Length: 5, 5', close]), body),
      trick('huge content-length', 1, head(['Content-Length: 99999999999999999999', close]), body),
      trick(
        'content-length and chunks',
        1,
        head([`Content-Length: ${body.length}`, 'Transfer-Encoding: chunked', close]),
        chunk(body),
        '0\r\n\r\n',
      ),
      trick(
        'chunks',
        1,
        head(['Transfer-Encoding: chunked', close]),
        chunk(body.slice(0, 9)),
        chunk(body.slice(9)),
        '0\r\n\r\n',
      ),
      trick('chunk with a wrong size', 1, head(['Transfer-Encoding: chunked', close]), 'zz\r\nabc\r\n0\r\n\r\n'),
      trick('chunk with a huge size', 1, head(['Transfer-Encoding: chunked', close]), 'ffffffffffffffff\r\nabc\r\n'),
      trick('chunks without end', 1, head(['Transfer-Encoding: chunked', close]), chunk('{')),
      trick('unknown transfer coding', 1, head(['Transfer-Encoding: gzip, chunked', close]), chunk(body), '0\r\n\r\n'),
      trick(
        'trailers',
        1,
        head(['Transfer-Encoding: chunked', 'Trailer: Authorization', close]),
        chunk(body),
        '0\r\nAuthorization: Bearer x\r\n\r\n',
      ),
      trick(
        'gzip',
        1,
        head([`Content-Length: ${gzipSync(body).length}`, 'Content-Encoding: gzip', close]),
        gzipSync(body),
      ),
      trick(
        'gzip bomb',
        1,
        head([`Content-Length: ${gzipSync(Buffer.alloc(2 ** 24)).length}`, 'Content-Encoding: gzip', close]),
        gzipSync(Buffer.alloc(2 ** 24)),
      ),
      trick('HTTP/1.0', 1, 'GET /healthz HTTP/1.0\r\n\r\n'),
      trick('HTTP/1.0 with a body', 1, head([`Content-Length: ${body.length}`], `POST ${path} HTTP/1.0`), body),
      trick('HTTP/0.9', 1, 'GET /healthz\r\n\r\n'),
      trick('HTTP/2 without asking', 1, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
      trick('HTTP/9.9', 1, 'GET / HTTP/9.9\r\nHost: x\r\n\r\n'),
      trick('TLS hello', 1, Buffer.from('16030100c8010000c40303', 'hex'), Buffer.alloc(200)),
      trick('no host', 1, 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n'),
      trick('two hosts', 1, 'GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n'),
      trick('CONNECT', 0, 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n'),
      trick('OPTIONS *', 1, 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
      trick('upgrade', 1, 'GET /healthz HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
      trick('folded header', 1, 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\nConnection: close\r\n\r\n'),
      trick('header without a colon', 1, 'GET /healthz HTTP/1.1\r\nHost: x\r\nNonsense\r\n\r\n'),
      trick('space before the colon', 1, `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length : 5\r\n\r\n12345`),
      trick('bare line feeds', 1, 'GET /healthz HTTP/1.1\nHost: x\nConnection: close\n\n'),
      trick('NUL in a header', 1, 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n\r\n'),
      trick(
        'request hidden in a body',
        1,
        head(['Content-Length: 5', 'Transfer-Encoding : chunked']),
        '0\r\n\r\nGET /api/tokens HTTP/1.1\r\nHost: x\r\n\r\n',
      ),
      trick(
        'expects a miracle',
        1,
        'GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\nConnection: close\r\n\r\n',
      ),
      trick('waits for 100', 1, head([`Content-Length: ${body.length}`, 'Expect: 100-continue', close]), 50, body),
      trick(
        'half a body, slowly',
        1,
        head([`Content-Length: ${body.length}`, close]),
        body.slice(0, 20),
        300,
        body.slice(20, 40),
        300,
        body.slice(40),
      ),
      trick('a body that is too large', 1, head([`Content-Length: ${2 ** 21}`, close]), Buffer.alloc(2 ** 21, ' ')),
      trick(
        'chunks that are too large',
        1,
        head(['Transfer-Encoding: chunked', close]),
        ...Array.from({ length: 40 }, () => chunk(' '.repeat(2 ** 16))),
        '0\r\n\r\n',
      ),
    ),
    fc
      .tuple(fc.constantFrom(...pages), fc.constantFrom(...detours), fc.constantFrom('GET', 'HEAD', 'POST'))
      .map(([page, detour, method]) => {
        const first = `${method} ${page}${detour} HTTP/1.1`
        return { ...trick(`${method} ${page}${detour}`, 1, head([close], first)), isHead: method === 'HEAD' }
      }),
    big.map(count =>
      trick(
        `${count} headers`,
        1,
        head([...Array.from({ length: count }, (_, n) => `X-${n}: ${'v'.repeat(20)}`), 'Content-Length: 2', close]),
        '{}',
      ),
    ),
    fc.integer({ min: 1000, max: 200_000 }).map(length =>
      trick(
        `a header of ${length} bytes`,
        // A client that is refused while still sending may not be able to read why.
        0,
        head([`X-Long: ${'v'.repeat(length)}`, 'Content-Length: 2', close]),
        '{}',
      ),
    ),
    fc
      .integer({ min: 1000, max: 200_000 })
      .map(length =>
        trick(
          `a path of ${length} bytes`,
          0,
          `GET /${'p'.repeat(length)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
        ),
      ),
    fc
      .integer({ min: 2, max: 60 })
      .map(count =>
        trick(
          `${count} requests at once`,
          count,
          ...Array.from({ length: count }, () => 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'),
        ),
      ),
    fc
      .integer({ min: 2, max: 8 })
      .map(count =>
        trick(
          `${count} refreshes at once`,
          count,
          ...Array.from({ length: count }, () => head([`Content-Length: ${body.length}`]) + body),
        ),
      ),
    fc.tuple(anyText, anyText).map(([first, rest]) => trick('nonsense', 0, `${first}\r\n${rest}\r\n\r\n`)),
    fc.uint8Array({ minLength: 1, maxLength: 300 }).map(bytes => trick('bytes', 0, Buffer.from(bytes), '\r\n\r\n')),
  )
}
