/** Calls of the service, as the person who is signed in. */

/** The service said no, in its own words. */
export class Refused extends Error {
  readonly status: number
  /** Seconds to wait, where the service said so. */
  readonly retryAfter: number | null

  constructor(status: number, message: string, retryAfter: number | null) {
    super(message)
    this.status = status
    this.retryAfter = retryAfter
  }
}

/** The service could not be reached. */
export class Unreachable extends Error {}

export const signedOut = 'roomkey:signed-out'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The answer's body. @throws Refused, Unreachable */
export async function call<Answer>(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  /** Is given the headers of a good answer. */
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
  throw new Refused(response.status, wordsOf(answer, response), wait === null ? null : Number(wait))
}

async function send(method: Method, path: string, body: unknown, signal: AbortSignal | undefined): Promise<Response> {
  const headers = {
    'x-roomkey-console': '1',
    ...(typeof body === 'string'
      ? { 'content-type': 'text/csv' }
      : body !== undefined && { 'content-type': 'application/json' }),
  }
  try {
    return await fetch(path, {
      method,
      headers,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Unreachable()
  }
}

function wordsOf(answer: unknown, response: Response): string {
  const { errors, message } = (answer ?? {}) as { errors?: { description: string }[]; message?: string }
  const descriptions = errors?.map(({ description }) => description).join(' ')
  return descriptions || message || `${response.status} ${response.statusText}`
}

/** The parameters that are set, as a query: `?a=1&b=2`, or nothing. */
export function query(parameters: Record<string, string | number | boolean | null | undefined>): string {
  const set = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '')
  return set.length === 0 ? '' : `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}`
}
