/** Turns an answer into what `fetch` gives: a response, a broken one, an error, or nothing until the caller gives up. */
import { STATUS_CODES } from 'node:http'
import type { Answer } from './fault.ts'

export async function respond(answer: Answer, signal: AbortSignal | null | undefined): Promise<Response> {
  if (answer.lost === 'reset') throw connectionReset()
  if (answer.lost === 'hang') return untilAborted(signal)
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {})
  const headers = { 'content-type': 'application/json;charset=UTF-8', trackingid: 'DOUBLE_1', ...answer.headers }
  const body = answer.lost === 'cut' ? halfOf(text) : text
  return new Response(body, { status: answer.status, statusText: STATUS_CODES[answer.status] ?? '', headers })
}

/** As undici reports a socket that was closed. */
function connectionReset(): TypeError {
  return Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }),
  })
}

function untilAborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(signal?.reason)
    if (signal?.aborted) end()
    else signal?.addEventListener('abort', end, { once: true })
  })
}

function halfOf(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  let sent = false
  return new ReadableStream({
    pull(controller) {
      if (sent) return controller.error(connectionReset())
      sent = true
      controller.enqueue(bytes.slice(0, Math.ceil(bytes.length / 2)))
    },
  })
}
