/** Calls to the service, in the session of the person who is signed in. */
import type { Problem } from '../../../src/wire/errors.ts'
import type { Message } from '../../../src/wire/message.ts'

/** One reason of a refusal: its text, and the message as data where it is the service's own. */
export interface Fault {
  text: string
  message: Message | null
}

/** The service refused a call. */
export class Refused extends Error {
  readonly status: number
  readonly faults: readonly Fault[]
  /** Seconds to wait, if the service gave them. */
  readonly retryAfter: number | null
  /** Identifies the call in the service's log. */
  readonly trackingId: string | null

  constructor(status: number, faults: readonly Fault[], retryAfter: number | null, trackingId: string | null) {
    super(faults.map(({ text }) => text).join(' '))
    this.status = status
    this.faults = faults
    this.retryAfter = retryAfter
    this.trackingId = trackingId
  }
}

/** The service could not be reached. */
export class Unreachable extends Error {}

export const signedOut = 'roomkey:signed-out'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Makes a call and gives the body of the answer. @throws Refused, Unreachable */
export async function call<Answer>(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  /** Is called with the headers of a successful answer. */
  onHeaders?: (headers: Headers) => void,
): Promise<Answer> {
  const response = await send(method, path, body, signal)
  if (response.status === 204) return undefined as Answer
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) {
    onHeaders?.(response.headers)
    return answer as Answer
  }
  if (response.status === 401) window.dispatchEvent(new Event(signedOut))
  const wait = response.headers.get('retry-after')
  const retryAfter = wait === null ? null : Number(wait)
  throw new Refused(response.status, faultsOf(answer, response), retryAfter, response.headers.get('trackingid'))
}

async function send(method: Method, path: string, body: unknown, signal: AbortSignal | undefined): Promise<Response> {
  const headers = {
    accept: 'application/problem+json, application/json',
    'x-roomkey-console': '1',
    ...(body instanceof Blob
      ? { 'content-type': 'application/octet-stream' }
      : body !== undefined && { 'content-type': 'application/json' }),
  }
  try {
    return await fetch(path, {
      method,
      headers,
      ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Unreachable()
  }
}

/** The sentences of a refusal, without repetitions. */
function faultsOf(answer: unknown, response: Response): Fault[] {
  const { errors = [], detail, title } = (answer ?? {}) as Partial<Problem>
  const faults = new Map(errors.map(({ detail, message }) => [detail, { text: detail, message: message ?? null }]))
  if (faults.size > 0) return [...faults.values()]
  return [{ text: detail ?? title ?? `${response.status} ${response.statusText}`, message: null }]
}

/** The parameters that are set, as a query string: `?a=1&b=2`, or an empty one. */
export function query(parameters: Record<string, string | number | boolean | null | undefined>): string {
  const set = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '')
  return set.length === 0 ? '' : `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}`
}
