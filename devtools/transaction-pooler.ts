/**
 * A pooler as pgbouncer 1.18 is in transaction mode: every transaction runs on whichever connection of the server is
 * free, and startup parameters are refused. Clients sign in without a password. For tests, where pgbouncer cannot be had
 * from npm; what was tried with pgbouncer itself stands in docs/scale.md.
 */
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import pg from 'pg'

export interface TransactionPooler {
  port: number
  /** How many transactions ran on each of the server's connections. */
  transactions: number[]
  close(): Promise<void>
}

const sslRequest = 80_877_103

/** What pgbouncer keeps by itself, and so takes. */
const tracked = ['user', 'database', 'application_name', 'client_encoding', 'datestyle', 'timezone']

interface ServerConnection {
  client: pg.Client
  stream: Socket
  index: number
}

export async function startTransactionPooler(url: string, size: number): Promise<TransactionPooler> {
  const idle = await Promise.all(Array.from({ length: size }, (_, index) => connectTo(url, index)))
  const all = [...idle]
  const transactions = all.map(() => 0)
  const waiting: ((server: ServerConnection) => void)[] = []
  const sockets = new Set<Socket>()

  const acquire = () => {
    const [server] = idle.splice(Math.floor(Math.random() * idle.length), 1)
    return server === undefined
      ? new Promise<ServerConnection>(resolve => waiting.push(resolve))
      : Promise.resolve(server)
  }
  const release = (server: ServerConnection) => {
    server.stream.removeAllListeners('data')
    transactions[server.index]! += 1
    const next = waiting.shift()
    if (next === undefined) idle.push(server)
    else next(server)
  }

  const listener = createServer({ noDelay: true }, socket => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    // A client that goes away in the middle ends its loop with an error.
    serve(socket).catch(() => socket.destroy())
  })

  async function serve(socket: Socket): Promise<void> {
    if (!(await signIn(socket))) return
    let server: ServerConnection | undefined
    // How many answers the client waits for: each Sync and each Query brings one ReadyForQuery.
    let owed = 0
    for await (const { type, bytes } of messagesOf(socket, true)) {
      if (type === 'X') break
      if (server === undefined) {
        const taken = await acquire()
        server = taken
        const answers = frames()
        taken.stream.on('data', (data: Buffer) => {
          for (const answer of answers(data)) {
            socket.write(answer.bytes)
            if (answer.type === 'Z') owed -= 1
            if (answer.type === 'Z' && owed === 0 && answer.bytes[5] === 'I'.charCodeAt(0)) {
              release(taken)
              server = undefined
            }
          }
        })
      }
      if (type === 'Q' || type === 'S') owed += 1
      server.stream.write(bytes)
    }
    socket.end()
  }

  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    port: (listener.address() as { port: number }).port,
    transactions,
    async close() {
      for (const socket of sockets) socket.destroy()
      listener.close()
      for (const { stream } of all) stream.destroy()
    },
  }
}

/** Signed in by the driver; after that its socket is ours. */
async function connectTo(url: string, index: number): Promise<ServerConnection> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  stream.removeAllListeners('data')
  return { client, stream, index }
}

/** Whether the client may go on. */
async function signIn(socket: Socket): Promise<boolean> {
  for await (const { bytes } of messagesOf(socket, false)) {
    if (bytes.readInt32BE(4) === sslRequest) {
      socket.write('N')
      continue
    }
    const words = bytes.subarray(8).toString().split('\0')
    const refused = words.find((word, index) => index % 2 === 0 && word !== '' && !tracked.includes(word))
    if (refused !== undefined) {
      const fields = ['SFATAL', 'C08P01', `Munsupported startup parameter: ${refused}`, ''].join('\0')
      socket.end(frame('E', Buffer.from(`${fields}\0`)))
      return false
    }
    const signedIn = Buffer.alloc(4)
    const key = Buffer.from([0, 0, 0, 1, 0, 0, 0, 2])
    socket.write(Buffer.concat([frame('R', signedIn), frame('K', key), frame('Z', Buffer.from('I'))]))
    return true
  }
  return false
}

function frame(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(content.length + 4, 1)
  return Buffer.concat([head, content])
}

interface Frame {
  type: string
  bytes: Buffer
}

/** Whole messages out of what arrives in pieces; the first ones of a client have no type. */
function frames(typed = true): (data: Buffer) => Frame[] {
  let rest = Buffer.alloc(0)
  const at = typed ? 1 : 0
  return data => {
    rest = Buffer.concat([rest, data])
    const whole: Frame[] = []
    while (rest.length >= at + 4) {
      const length = rest.readInt32BE(at) + at
      if (rest.length < length) break
      whole.push({ type: typed ? String.fromCharCode(rest[0]!) : '', bytes: rest.subarray(0, length) })
      rest = rest.subarray(length)
    }
    return whole
  }
}

/** Leaves the socket open where the reader stops, and what it has not read yet in it. */
async function* messagesOf(socket: Socket, typed: boolean): AsyncGenerator<Frame> {
  const read = frames(typed)
  for await (const data of socket.iterator({ destroyOnReturn: false })) yield* read(data as Buffer)
}
