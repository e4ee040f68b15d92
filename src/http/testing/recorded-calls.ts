import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { RecordedCall } from '../../wire/testing.ts'

/** Older calls are forgotten. */
const maxCalls = 10_000
/** What nobody should find in a test's output. */
const secretHeaders = new Set(['authorization', 'cookie'])

/** The calls that came in, in their order, for tests to look at. */
export class RecordedCalls {
  #calls: RecordedCall[] = []
  #count = 0
  readonly #byRequest = new WeakMap<FastifyRequest, RecordedCall>()

  record(app: FastifyInstance): void {
    app.addHook('onRequest', async request => {
      if (request.url.startsWith('/_roomkey')) return
      this.#count += 1
      const call: RecordedCall = {
        number: this.#count,
        at: new Date(app.clock.now()).toISOString(),
        call: request.routeOptions.config.callName ?? null,
        method: request.method,
        url: request.url,
        headers: headersOf(request),
        body: null,
        token: null,
        status: null,
        answer: null,
        fault: null,
      }
      this.#byRequest.set(request, call)
      this.#calls.push(call)
      if (this.#calls.length > maxCalls) this.#calls.shift()
    })
    app.addHook('preValidation', async request =>
      this.#change(request, { body: structuredClone(request.body ?? null) }),
    )
    app.addHook('onSend', async (request, reply, payload) => {
      const token = request.caller?.tokenId ?? null
      this.#change(request, { token, status: reply.statusCode, answer: readable(payload) })
      return payload
    })
  }

  /** The rule that was applied to a call. */
  markFault(request: FastifyRequest, fault: string): void {
    this.#change(request, { fault })
  }

  /** A call whose answer nobody got. */
  markLost(request: FastifyRequest): void {
    this.#change(request, { status: null, answer: null })
  }

  list(name?: string): RecordedCall[] {
    return this.#calls.filter(({ call }) => name === undefined || call?.toLowerCase() === name.toLowerCase())
  }

  clear(): void {
    this.#calls = []
    this.#count = 0
  }

  #change(request: FastifyRequest, change: Partial<RecordedCall>): void {
    const call = this.#byRequest.get(request)
    if (call !== undefined) Object.assign(call, change)
  }
}

function headersOf({ headers }: FastifyRequest): Record<string, string> {
  const shown = Object.entries(headers).filter(([name, value]) => value !== undefined && !secretHeaders.has(name))
  return Object.fromEntries(shown.map(([name, value]) => [name, String(value)]))
}

/** JSON as what it says; anything else that is text as it is; null for streams and bytes. */
function readable(payload: unknown): unknown {
  if (typeof payload !== 'string') return null
  try {
    return JSON.parse(payload)
  } catch {
    return payload
  }
}
