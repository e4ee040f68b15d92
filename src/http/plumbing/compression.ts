/**
 * Compresses answers for clients that ask for it (RFC 9110, section 12.5.3): lists of people shrink to a sixth.
 * What is sent as it arises, such as events, stays plain, and so does whatever holds or makes a secret, because the
 * length of what is compressed tells of its content (BREACH): a page elsewhere that has a browser call us learns nothing.
 */
import { pipeline, Readable, type Transform } from 'node:stream'
import { promisify } from 'node:util'
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

type Coding = 'br' | 'gzip'

/** One TCP packet holds as much: less gains nothing. In bytes. */
const leastBytes = 1400

/** Between speed and size; what is built compressed once, such as the console, is compressed harder. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
const gzipOptions = { level: 5 }

const compressors = {
  br: { whole: promisify(brotliCompress), stream: () => createBrotliCompress(brotliOptions) },
  gzip: { whole: promisify(gzip), stream: () => createGzip(gzipOptions) },
}

/** JSON, text and scripts, but no streams of events. */
const compressible = /^(?:application\/(?:[\w.-]+\+)?(?:jsonl?|xml)|text\/(?!event-stream)[\w.-]+)(?:;|$)/i

/** Sessions, tokens, and the connection to Webex. */
const secretPaths = /^\/(?:api\/(?:session|sign-in|tokens|webex-connection|webex-sign-in|lookup|proof)|_roomkey)\b/

export function compressAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload: unknown) => {
    if (!isCompressible(request, reply)) return payload
    reply.header('vary', withVary(reply.getHeader('vary')))
    const coding = chosenCoding(request.headers['accept-encoding'])
    if (coding === null || request.method === 'HEAD') return payload
    const { whole, stream } = compressors[coding]
    if (payload instanceof Readable) return encoded(reply, coding, piped(payload, stream()))
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload
    if (Buffer.byteLength(payload) < leastBytes) return payload
    return encoded(reply, coding, await whole(payload, coding === 'br' ? brotliOptions : gzipOptions))
  })
}

function isCompressible(request: FastifyRequest, reply: FastifyReply): boolean {
  const { statusCode } = reply
  if (statusCode < 200 || statusCode === 204 || statusCode === 206 || statusCode === 304) return false
  // With an ETag, the plain and the compressed answer would need two.
  if (reply.hasHeader('content-encoding') || reply.hasHeader('etag')) return false
  if (/^(?:cross|same)-site$/.test(String(request.headers['sec-fetch-site'] ?? ''))) return false
  if (secretPaths.test(request.url) || reply.hasHeader('set-cookie')) return false
  return compressible.test(String(reply.getHeader('content-type') ?? ''))
}

function encoded<Payload>(reply: FastifyReply, coding: Coding, payload: Payload): Payload {
  reply.header('content-encoding', coding).removeHeader('content-length')
  return payload
}

/** Whoever breaks off, the reader or the source, ends both. */
function piped(source: Readable, compressor: Transform): Transform {
  pipeline(source, compressor, () => undefined)
  return compressor
}

function withVary(before: unknown): string {
  const names = [before].flat().filter(each => typeof each === 'string' && each !== '')
  return names.some(each => /accept-encoding|\*/i.test(String(each)))
    ? names.join(', ')
    : [...names, 'accept-encoding'].join(', ')
}

/** The coding that the client likes best, `br` where it likes both alike; null for none. */
export function chosenCoding(accepted: string | string[] | undefined): Coding | null {
  const weights = new Map<string, number>()
  for (const part of [accepted ?? ''].flat().join(',').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map(each => each.trim())
    const weight = parameters.find(each => /^q\s*=/.test(each))?.replace(/^q\s*=\s*/, '')
    const given = weight === undefined ? 1 : Number(weight)
    if (name !== '' && given >= 0 && given <= 1) weights.set(name === 'x-gzip' ? 'gzip' : name, given)
  }
  const of = (coding: Coding) => weights.get(coding) ?? weights.get('*') ?? 0
  if (of('br') === 0 && of('gzip') === 0) return null
  return of('br') >= of('gzip') ? 'br' : 'gzip'
}
