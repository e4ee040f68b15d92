import type { Fetch } from '../webex/calls.ts'
import type { App } from './server.ts'

/** The service as a `fetch`, without a socket between. */
export function ownFetch(app: App): Fetch {
  return async (url, { method = 'GET', headers = {}, body }) => {
    const { pathname, search, host } = new URL(url)
    const answer = await app.inject({
      method: method as 'GET' | 'POST' | 'PATCH',
      url: pathname + search,
      headers: { ...(headers as Record<string, string>), host },
      ...(body != null && { payload: String(body) }),
    })
    const shown = new Headers()
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value !== undefined) shown.set(name, String(value))
    }
    const empty = answer.statusCode === 204 || answer.statusCode === 304
    return new Response(empty ? null : answer.body, { status: answer.statusCode, headers: shown })
  }
}
