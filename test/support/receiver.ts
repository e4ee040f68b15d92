/** A webhook receiver that can be made to fail. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Received {
  headers: Record<string, string | string[] | undefined>
  raw: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it.
  body: any
}

export interface Receiver {
  url: string
  /** The messages that it answered with 2xx, in order. */
  received: Received[]
  /** How often it was called while it failed. */
  refused: number
  /** How often it was called. */
  calls: number
  /** How long it takes to answer, in milliseconds. */
  delayMs: number
  /** The status of its answers now; 0 for closing the connection without an answer. */
  status: number
  /** Resolves once it has received this many messages that match. */
  until(enough: (received: Received[]) => boolean): Promise<void>
  close(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    receiver.calls += 1
    const raw = await text(request)
    if (receiver.delayMs > 0) await sleep(receiver.delayMs, undefined, { ref: false })
    if (receiver.status === 0 || receiver.status >= 300) {
      receiver.refused += 1
      if (receiver.status === 0) request.socket.destroy()
      else response.writeHead(receiver.status, { location: receiver.url }).end()
      return
    }
    receiver.received.push({ headers: request.headers, raw, body: JSON.parse(raw) })
    response.writeHead(receiver.status).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received: [],
    refused: 0,
    calls: 0,
    delayMs: 0,
    status: 204,
    async until(enough) {
      const end = Date.now() + 40_000
      while (!enough(receiver.received)) {
        if (Date.now() > end) throw new Error(`Only ${receiver.received.length} messages came.`)
        await new Promise(resolve => setTimeout(resolve, 50))
      }
    },
    async close() {
      server.closeAllConnections()
      server.close()
    },
  }
  return receiver
}

/** Every room change that was received, as "old>new". */
export function changesIn(received: Received[]): string[] {
  return received.flatMap(({ body }) =>
    body.data.rooms.map(
      (room: { oldPersonalMeetingRoomId: string; newPersonalMeetingRoomId: string }) =>
        `${room.oldPersonalMeetingRoomId}>${room.newPersonalMeetingRoomId}`,
    ),
  )
}
