/** A TCP proxy that can cut a connection where it hurts. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface TcpProxy {
  port: number
  /**
   * Cuts the connection on which this text is sent next, once: before the server gets it, or after the server has
   * done it and before its answer arrives.
   */
  cutAt(text: string, when: 'before' | 'after'): void
  /** How many connections were cut. */
  cuts(): number
  close(): Promise<void>
}

export async function startProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  let cut: { text: string; when: 'before' | 'after' } | undefined
  let cuts = 0
  const sockets = new Set<Socket>()

  const server = createServer(client => {
    const upstream = connect(target)
    let muted = false
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', end).on('close', end)
    }
    client.on('data', data => {
      if (cut !== undefined && data.includes(cut.text)) {
        cuts += 1
        muted = true
        if (cut.when === 'before') end()
        cut = undefined
      }
      if (!upstream.destroyed) upstream.write(data)
    })
    upstream.on('data', data => (muted ? end() : client.write(data)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as { port: number }).port,
    cutAt: (text, when) => {
      cut = { text, when }
    },
    cuts: () => cuts,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
