/**
 * One call to a target: the address, the headers, the time limit, and the outcome. The meaning of calls is in
 * client.ts.
 */

import { callFailure, failureCode } from '../../messages/call-failure.ts'
import { type Message, type MessageOrText, message } from '../../messages/message.ts'
import { MessageError } from '../../messages/message-error.ts'
import type { TokenSource } from '../sign-in/token-source.ts'
import { type Clock, systemClock } from './clock.ts'
import { type AskedWait, readAskedWait } from './retry-after.ts'

/** The only thing the engine knows of a target: a `fetch`. The service passes its own, without a socket. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** Told what came of a call: its answer, or null where none came, and how long that asks us to wait. */
export type Report = (answer: Response | null, asked: AskedWait | null) => void

/** Lets calls begin one after the other. */
export interface Permits {
  /**
   * Resolves when a call may begin, with a function that must be called with what came of it.
   * @throws Unsent when `signal` is aborted, or where the wait would be longer than anybody wants
   */
  take(request: Pick<Call, 'method'>, signal?: AbortSignal): Promise<Report>
  /**
   * Resolves when the target has not asked for a longer wait: before anything is begun that should not wait half done.
   * @throws Unsent as `take` does
   */
  whenOpen(request: Pick<Call, 'method'>, signal?: AbortSignal): Promise<void>
}

export interface CallDeps {
  fetch: Fetch
  /** Gates calls, e.g. by a rate limiter. Default: no gate. */
  permits?: Permits
  token: TokenSource
  /** How long one call may take, in milliseconds. Default: a minute. */
  timeoutMs?: number
  clock?: Clock
  /** Told of each answer that asks to wait. */
  onAsked?: OnAsked
}

export type OnAsked = (asked: AskedWait, request: Pick<Call, 'method'>) => void

export interface Call {
  method: 'GET' | 'POST' | 'PATCH'
  url: string
  body?: unknown
  idempotencyKey?: string
}

/**
 * `response`: an answer came; `unknown`: the target may or may not have acted; `unsent`: it never received the call.
 */
export type Called =
  | {
      kind: 'response'
      status: number
      url: string
      headers: Headers
      /** Undefined where it is no JSON; then it is in `text`. */
      json: unknown
      text: string
      trackingId: string | null
      asked: AskedWait | null
    }
  | { kind: 'unknown'; why: MessageOrText }
  | {
      kind: 'unsent'
      why: MessageOrText
      /** Until when there is no use in calling, in milliseconds since 1970, where that is later than anybody waits. */
      until?: number | undefined
    }

/** The Webex API lives under `/v1`; a base URL without a path means that. */
export function normalBaseUrl(baseUrl: string): string {
  const url = new URL(baseUrl)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new TypeError('not an http URL')
  const path = url.pathname.replace(/\/+$/, '')
  return url.origin + (path === '' ? '/v1' : path)
}

/** Makes one call, and repeats it once if it got a 401 and the token could be renewed. */
export async function call(deps: CallDeps, request: Call): Promise<Called> {
  const first = await callOnce(deps, request)
  const expired = first.kind === 'response' && first.status === 401
  return expired && (await deps.token.renew()) ? callOnce(deps, request) : first
}

async function callOnce(deps: CallDeps, request: Call): Promise<Called> {
  const { method, url, body, idempotencyKey } = request
  const { timeoutMs = 60_000, clock = systemClock } = deps
  const headers: Record<string, string> = {
    authorization: `Bearer ${await deps.token.token()}`,
    accept: 'application/problem+json, application/json',
  }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey

  // The time limit begins when the permit is granted: waiting for it may take longer.
  let answered: Report | undefined
  try {
    answered = await deps.permits?.take(request)
  } catch (error) {
    if (error instanceof Unsent) return { kind: 'unsent', why: error.reason, until: error.until }
    throw error
  }
  let answer: Response | null = null
  let asked: AskedWait | null = null
  const tooLong = new AbortController()
  const finished = new AbortController()
  void clock
    .sleep(timeoutMs, finished.signal)
    .then(() => tooLong.abort(new MessageError(message('noResponse', { seconds: timeoutMs / 1000 }))))
  try {
    const response = await deps.fetch(url, {
      method,
      headers,
      signal: tooLong.signal,
      // A redirect could carry the token to another origin, and Webex's API has none.
      redirect: 'manual',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    answer = response
    asked = readAskedWait(response, clock.now())
    if (asked !== null) deps.onAsked?.(asked, request)
    const text = await response.text()
    const json = parsed(text)
    return {
      kind: 'response',
      status: response.status,
      url,
      headers: response.headers,
      json,
      text: json === undefined ? text : '',
      trackingId: response.headers.get('trackingid'),
      asked,
    }
  } catch (error) {
    return { kind: neverConnected(error) ? 'unsent' : 'unknown', why: callFailure(error) }
  } finally {
    finished.abort()
    answered?.(answer, asked)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A call that was given up before it was sent. */
export class Unsent extends MessageError {
  override name = 'Unsent'
  /** Until when there is no use in calling, where it was given up for that. */
  readonly until: number | undefined

  constructor(reason: Message, until?: number) {
    super(reason)
    this.until = until
  }
}

/** No connection was ever made, so the target cannot have acted. */
function neverConnected(error: unknown): boolean {
  return /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(
    failureCode(error),
  )
}
