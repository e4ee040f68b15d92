import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { Fetch } from '../../webex/calls/calls.ts'
import type { App } from '../app.ts'

/**
 * A `fetch` that hands its calls straight to a service of this process: no socket, but everything else as over one. So
 * the service answers others before the call and before its answer is read: a page of people takes long enough.
 */
export function inProcessFetch(app: App): Fetch {
  return async (url, init) => {
    await yieldToEventLoop()
    const { pathname, search, host } = new URL(url)
    const answering = app.inject({
      method: (init.method ?? 'GET') as 'GET',
      url: pathname + search,
      headers: { ...(init.headers as Record<string, string>), host },
      ...(typeof init.body === 'string' ? { payload: init.body } : {}),
    })
    const answer = await Promise.race([answering, givenUp(init.signal ?? undefined)])
    await yieldToEventLoop()
    const headers = new Headers()
    for (const [name, value] of Object.entries(answer.headers))
      if (value !== undefined) headers.set(name, String(value))
    return new Response(answer.statusCode === 204 ? null : answer.body, { status: answer.statusCode, headers })
  }
}

/** Rejects when the caller will not wait any longer. */
function givenUp(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}
