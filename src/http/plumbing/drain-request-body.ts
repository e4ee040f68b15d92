import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

const maxWaitMs = 2_000
const maxBytes = 32 * 2 ** 20

/**
 * Reads and discards the rest of a request body, for a limited time. If the connection is closed while a client is
 * still sending, the client gets a reset and may never see the answer (RFC 9112, section 9.6).
 */
export async function drainRequestBody(request: IncomingMessage): Promise<void> {
  if (request.complete || request.readableEnded || request.destroyed) return
  const over = new AbortController()
  let left = maxBytes
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) over.abort()
  })
  request.resume()
  const { signal } = over
  await Promise.race([
    once(request, 'close', { signal }),
    once(request, 'end', { signal }),
    sleep(maxWaitMs, null, { signal }),
  ])
    .catch(() => undefined)
    .finally(() => over.abort())
}
