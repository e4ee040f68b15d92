/** A TCP proxy between two programs that can imitate everything that happens to a network. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface TcpProxy {
  port: number
  /** Where new connections lead from now on. */
  leadTo(port: number): void
  /** Delays each chunk by this many milliseconds, in either direction. */
  delay(ms: number): void
  /** Stops all traffic silently; `false` lets the queued traffic through. */
  swallow(on: boolean): void
  /** Refuses new connections. */
  refuse(on: boolean): void
  /** Resets every connection. */
  reset(): void
  /** Resets the connection on which this many more bytes, over all connections, will have passed, at that byte. */
  cutAfter(bytes: number): void
  /**
   * Cuts the connection on which this text is sent next, once: before the server gets it, or after the server has
   * processed it and before its answer arrives.
   */
  cutAt(text: string, when: 'before' | 'after'): void
  /** How many connections were cut at a place. */
  cuts(): number
  close(): Promise<void>
}

export async function startProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  const opened = new Set<() => void>()
  let { port } = target
  let delayMs = 0
  let swallowing = false
  let refusing = false
  let bytesToCut: number | undefined
  let cut: { text: string; when: 'before' | 'after' } | undefined
  let cuts = 0

  const server = createServer({ noDelay: true }, client => {
    if (refusing) return void client.resetAndDestroy()
    const upstream = connect({ host: target.host, port, noDelay: true })
    const pair: Pair = { client, upstream, muted: false }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => end(pair))
      socket.on('close', () => {
        sockets.delete(socket)
        end(pair)
      })
    }
    void carry(pair, client, upstream)
    void carry(pair, upstream, client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  /** Forwards what one side sends, chunk by chunk and in order. */
  async function carry(pair: Pair, from: Socket, to: Socket): Promise<void> {
    try {
      for await (const data of from) {
        if (delayMs > 0) await sleep(delayMs)
        while (swallowing) await new Promise<void>(resolve => opened.add(resolve))
        pass(pair, data as Buffer, from, to)
      }
      to.end()
    } catch {
      end(pair)
    }
  }

  function pass(pair: Pair, data: Buffer, from: Socket, to: Socket): unknown {
    if (from === pair.upstream && pair.muted) return end(pair)
    if (from === pair.client && cut !== undefined && data.includes(cut.text)) {
      const { when } = cut
      cuts += 1
      cut = undefined
      if (when === 'before') return end(pair)
      pair.muted = true
    }
    if (bytesToCut !== undefined && data.length >= bytesToCut) {
      const rest = data.subarray(0, bytesToCut)
      bytesToCut = undefined
      cuts += 1
      return to.write(rest, () => end(pair))
    }
    if (bytesToCut !== undefined) bytesToCut -= data.length
    return to.destroyed || to.write(data)
  }

  function open(): void {
    swallowing = false
    for (const resolve of opened) resolve()
    opened.clear()
  }

  function reset(): void {
    for (const socket of sockets) socket.resetAndDestroy()
  }

  return {
    port: (server.address() as { port: number }).port,
    leadTo: to => {
      port = to
    },
    delay: ms => {
      delayMs = ms
    },
    swallow: on => {
      if (on) swallowing = true
      else open()
    },
    refuse: on => {
      refusing = on
    },
    reset,
    cutAfter: bytes => {
      bytesToCut = bytes
    },
    cutAt: (text, when) => {
      cut = { text, when }
    },
    cuts: () => cuts,
    async close() {
      server.close()
      reset()
      open()
      await once(server, 'close')
    },
  }
}

interface Pair {
  client: Socket
  upstream: Socket
  /** Once it no longer receives answers. */
  muted: boolean
}

function end({ client, upstream }: Pair): void {
  for (const socket of [client, upstream]) if (!socket.destroyed) socket.resetAndDestroy()
}
