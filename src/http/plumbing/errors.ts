/** Turns every error into an answer: in Webex's shape, or as problem+json (RFC 9457) for callers who ask for it. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { asMessage, type MessageOrText, message } from '../../messages/message.ts'
import { render } from '../../messages/render.ts'
import { systemFailure } from '../../messages/system-failure.ts'
import { RotationGone, StoreUnavailable } from '../../store/store-error.ts'
import type { ErrorAnswer, Problem } from '../../wire/errors.ts'
import { isOtherWebexCall } from '../webex/requests/other-calls.ts'
import { drainRequestBody } from './drain-request-body.ts'
import type { Fault } from './fault.ts'
import { describeSchemaErrors } from './schema-errors.ts'

/** The first sentence for each status. That of 400 is published; the others follow the official descriptions. */
export const titles = {
  400: "The request could not be understood by the server due to malformed syntax. See 'errors' for more details.",
  401: 'Authentication credentials were missing or incorrect.',
  403: 'The request is understood, but it has been refused or access is not allowed.',
  404: 'The URI requested is invalid or the resource requested does not exist.',
  405: 'The request was made to a resource using an HTTP request method that is not supported.',
  409: 'The request could not be processed because it conflicts with some established rule of the system.',
  410: 'The requested resource is no longer available.',
  413: 'The request is larger than the server is willing to process.',
  415: 'The request was made to a resource without specifying a media type or used a media type that is not supported.',
  423: 'The requested resource is temporarily unavailable.',
  428: 'File(s) cannot be scanned for malware and need to be force downloaded.',
  429: 'Too many requests have been sent in a given amount of time and the request has been rate limited.',
  431: 'The headers of the request are larger than the server is willing to process.',
  500: 'Something went wrong on the server.',
  501: 'The server does not support what the request asks for.',
  502: 'The server received an invalid response from an upstream server while processing the request. Try again later.',
  503: 'The server cannot answer now. Try again later.',
  504: 'An upstream server failed to respond on time.',
} as const

export type ErrorStatus = keyof typeof titles

/** `Retry-After` in seconds of every 503 that does not say when: most often, the database is away. */
const retrySeconds = '2'

/** A refusal to be sent to the caller. Its text is public: nothing private may go in. */
export class ApiError extends Error {
  readonly status: ErrorStatus
  readonly faults: Fault[]
  readonly headers: Record<string, string>

  constructor(status: ErrorStatus, faults: Fault[], headers: Record<string, string> = {}) {
    super(titles[status])
    this.status = status
    this.faults = faults
    this.headers = status === 503 ? { 'retry-after': retrySeconds, ...headers } : headers
  }
}

/** A refusal with one message. */
export function refuse(
  status: ErrorStatus,
  description: MessageOrText,
  headers: Record<string, string> = {},
): ApiError {
  return new ApiError(status, [{ description }], headers)
}

/** The content type of the published examples, to the letter. */
export const jsonType = 'application/json;charset=UTF-8'

export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const refusal = asApiError(error, request)
    // A refusal of our own says that something is busy or stopping: nothing has failed.
    const level = error instanceof ApiError ? 'warn' : 'error'
    if (refusal.status >= 500) request.log[level]({ err: error }, 'request failed')
    await drainRequestBody(request.raw)
    return sendError(request, reply, refusal)
  })
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request.url)
    const known = isOtherWebexCall(request.method, path)
    return sendError(
      request,
      reply,
      known ? refuse(501, message('notSupported', { path })) : refuse(404, message('notFound', { path })),
    )
  })
}

function sendError(request: FastifyRequest, reply: FastifyReply, error: ApiError): FastifyReply {
  reply.code(error.status).headers(error.headers)
  if (wantsProblem(request)) {
    return reply.type('application/problem+json').serializer(JSON.stringify).send(asProblem(error, request.id))
  }
  const bare = error.status === 400 && request.routeOptions.config.bareBadRequest === true
  return reply
    .type(jsonType)
    .serializer(JSON.stringify)
    .send(asErrorAnswer(error, bare ? undefined : request.id))
}

export function asErrorAnswer({ message: title, faults }: ApiError, trackingId?: string): ErrorAnswer {
  const descriptions = [...new Set(faults.map(fault => render(fault.description)))]
  const errors = descriptions.map(description => ({ description }))
  return trackingId === undefined ? { message: title, errors } : { message: title, errors, trackingId }
}

function asProblem({ status, message: title, faults }: ApiError, trackingId: string): Problem {
  return {
    type: 'about:blank',
    title,
    status,
    detail: render(faults[0]?.description ?? title),
    trackingId,
    errors: faults.map(({ description, pointer, code }) => {
      const message = asMessage(description)
      return {
        detail: render(description),
        ...(pointer && { pointer }),
        ...(code && { code }),
        ...(message && { message }),
      }
    }),
  }
}

function wantsProblem(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? ''
  const problem = qualityOf(accept, 'application/problem+json')
  return problem > 0 && problem >= qualityOf(accept, 'application/json')
}

/** How much a client wants a type that it names (RFC 9110, section 12.4.2): 0 to 1, and 0 for one that it does not. */
function qualityOf(accept: string, type: string): number {
  const named = accept
    .toLowerCase()
    .split(',')
    .map(each => each.split(';').map(part => part.trim()))
  const found = named.find(([name]) => name === type)
  if (found === undefined) return 0
  const q = found.find(part => part.startsWith('q='))
  return q === undefined ? 1 : Number(q.slice(2)) || 0
}

function asApiError(error: FastifyError, { routeOptions }: FastifyRequest): ApiError {
  if (error instanceof ApiError) return error
  if (error.validation !== undefined)
    return new ApiError(400, describeSchemaErrors(error.validation, error.validationContext))
  if (error instanceof StoreUnavailable) {
    return refuse(503, message('databaseUnavailable'))
  }
  if (error instanceof RotationGone) return refuse(404, error.reason)
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse(413, message('bodyTooLarge', { kibibytes: (routeOptions.bodyLimit ?? 0) / 2 ** 10 }), {
        connection: 'close',
      })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refuse(415, message('bodyMediaType'))
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return refuse(400, message('bodyEmpty'))
  }
  // Any other 4xx is the parser's: a body that is not JSON, a URL that is not well formed.
  if (error.statusCode !== undefined && error.statusCode < 500) return refuse(400, message('bodyMalformed'))
  const failure = systemFailure(error)
  // Without the place, which is nobody's business but ours: the log has it.
  if (failure !== undefined) {
    const words = message('systemFailure', { ...failure, place: '' })
    // What is damaged is so the next time, too.
    return failure.why.code === 'databaseDamaged' ? refuse(500, words) : refuse(503, words)
  }
  return refuse(500, message('unexpected'))
}

function pathOf(url: string): string {
  return url.split('?')[0]!.slice(0, 200)
}
