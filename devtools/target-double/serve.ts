/** The imitated target on a socket, for programs that are processes of their own. It can compress its answers. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import type { TargetDouble } from './target-double.ts'

export interface ServedTarget {
  /** Without `/v1`. */
  url: string
  close(): Promise<void>
}

export async function serveTarget(target: TargetDouble, { gzip = false } = {}): Promise<ServedTarget> {
  const server = createServer((request, response) => {
    answer(target, request, response, gzip).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // Links to the next page lead to where it really is.
  target.world.origin = url
  return {
    url,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** What breaks in the answer breaks the connection. */
async function answer(
  target: TargetDouble,
  request: IncomingMessage,
  response: ServerResponse,
  gzip: boolean,
): Promise<void> {
  const body = await text(request)
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const given = await target.fetch(target.world.origin + request.url, {
    method: request.method ?? 'GET',
    headers: request.headers as Record<string, string>,
    signal: gone.signal,
    ...(body !== '' && { body }),
  })
  const bytes = Buffer.from(await given.arrayBuffer())
  response.writeHead(given.status, {
    ...Object.fromEntries(given.headers),
    ...(gzip && { 'content-encoding': 'gzip' }),
  })
  response.end(gzip ? gzipSync(bytes) : bytes)
}
