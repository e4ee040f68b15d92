/** How the service speaks HTTP and JSON, below any route. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import {
  type FastifyBaseLogger,
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyReply,
  LogController,
  type RawServerDefault,
} from 'fastify'
import { defaultBodyBytes } from '../limits/body-size.ts'
import { asErrorAnswer, type ErrorStatus, jsonType, refuse } from './errors.ts'
import { lazyCompilers } from './lazy-compilers.ts'
import { callPath } from './request-path.ts'
import { guards } from './security-headers.ts'
import { newTrackingId } from './tracking.ts'

/** Of a path, percent-encoded: the longest names that a call takes have 256 characters. */
const maxPartLength = 256 * 12

/** How long a client may take to send a request, and the head of it, in milliseconds. */
const slowestRequest = 30_000
const slowestHead = 10_000

export function serverOptions(
  logger: FastifyBaseLogger | undefined,
  trustProxy: string | undefined,
): FastifyHttpOptions<RawServerDefault> {
  return {
    ...(logger === undefined ? {} : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'trackingId' }),
    ...(trustProxy === undefined ? {} : { trustProxy }),
    bodyLimit: defaultBodyBytes,
    requestTimeout: slowestRequest,
    // Node would look for slow clients twice a minute, and refuse a call without Host in words of its own.
    http: { connectionsCheckingInterval: 5_000, headersTimeout: slowestHead, requireHostHeader: false },
    return503OnClosing: false,
    genReqId: newTrackingId,
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => {
      // Its message would repeat the URL.
      request.log.info({ code: error.code }, 'request could not be routed')
      const body: unknown = JSON.stringify(
        asErrorAnswer(refuse(400, 'The URL is not well formed, or too long.'), request.id),
      )
      const answer: FastifyReply = reply
      void answer
        .code(400)
        .headers({ ...guards, 'content-type': jsonType, trackingid: request.id })
        .send(body)
    },
    schemaController: { compilersFactory: lazyCompilers() },
    routerOptions: { maxParamLength: maxPartLength },
    rewriteUrl: request => callPath(request.url ?? '/'),
    ajv: {
      // Coercion would turn [1] into ["1"], and removal would let a misspelt field silently do nothing.
      customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: true, allErrors: true },
    },
  }
}

/** Only JSON comes in, at most so much of it; JSON goes out under the published name. */
export function answerBrokenRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ headers, host, raw }) => {
    if (headers.host === undefined && raw.httpVersion === '1.1') throw refuse(400, 'Send the header Host.')
    if (!isHost(host)) throw refuse(400, 'The header Host is not well formed.')
    if (!/^(identity)?$/i.test(headers['content-encoding'] ?? '')) {
      throw refuse(415, 'Send the body as it is, without a Content-Encoding.')
    }
  })
  // Without this, Node would answer what it does not know how to expect, and not as we do.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  app.removeContentTypeParser('text/plain')
  app.addHook('preSerialization', async (_request, reply, payload) => {
    if (String(reply.getHeader('content-type')).startsWith('application/json')) reply.header('content-type', jsonType)
    return payload
  })
}

/** A name or an address, perhaps with a port; empty where the client knows none. */
function isHost(host: string): boolean {
  return host === '' || (/^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}`))
}

/** What the HTTP parser could not read never becomes a request, so it is answered on the bare socket. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status: ErrorStatus = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400
  const words = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'The request took too long to arrive.' : 'This is not HTTP.'
  const trackingId = newTrackingId()
  const body = JSON.stringify(asErrorAnswer(refuse(status, words), trackingId))
  const headers = {
    ...guards,
    'content-type': jsonType,
    trackingid: trackingId,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`)
}
