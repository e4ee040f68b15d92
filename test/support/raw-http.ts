/** Hand-written HTTP over a socket, so that nothing between a test and the service corrects a deliberate mistake. */
import { connect, type Socket } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

export interface RawAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** What to send: bytes, and pauses between them in milliseconds. */
export type Part = Buffer | number

export interface Exchange {
  answers: RawAnswer[]
  /** Bytes that arrived but are not a whole answer. */
  rest: string
  /** Who closed the connection: the service, or the client after waiting. */
  end: 'closed' | 'waited'
}

/**
 * Sends these parts on a connection of its own and reads answers until there are as many as wanted, the service closes
 * the connection, or the time is over.
 *
 * @param wanted how many answers; `Infinity` to wait for the end of the connection.
 * @param heads for each answer by index, whether it answers a HEAD and so has no body.
 */
export function exchange(
  port: number,
  parts: Part[],
  { wanted = 1, waitMs = 15_000, isHead = false }: { wanted?: number; waitMs?: number; isHead?: boolean } = {},
): Promise<Exchange> {
  return new Promise(resolve => {
    let received: Buffer = Buffer.alloc(0)
    const answers: RawAnswer[] = []
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const finish = (end: Exchange['end']) => {
      clearTimeout(timer)
      socket.destroy()
      resolve({ answers, rest: received.toString('latin1'), end })
    }
    const timer = setTimeout(() => finish('waited'), waitMs)
    socket.on('error', () => undefined)
    socket.on('data', data => {
      received = Buffer.concat([received, data])
      for (let taken = takeAnswer(received, isHead, false); taken !== undefined; ) {
        received = taken.rest
        if (taken.answer.status >= 200) answers.push(taken.answer)
        taken = takeAnswer(received, isHead, false)
      }
      if (answers.length >= wanted && received.length === 0) finish('closed')
    })
    socket.on('close', () => {
      const last = takeAnswer(received, isHead, true)
      if (last !== undefined) {
        received = last.rest
        answers.push(last.answer)
      }
      finish('closed')
    })
    void sendParts(socket, parts)
  })
}

async function sendParts(socket: Socket, parts: Part[]): Promise<void> {
  for (const part of parts) {
    if (socket.destroyed) return
    if (typeof part === 'number') await new Promise(resolve => setTimeout(resolve, part))
    else if (!socket.write(part))
      await new Promise<void>(resolve => socket.once('drain', resolve).once('close', resolve))
  }
}

/** The first complete answer in the received bytes, and the rest. */
function takeAnswer(
  received: Buffer,
  isHead: boolean,
  isOver: boolean,
): { answer: RawAnswer; rest: Buffer } | undefined {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd === -1) return undefined
  const [first = '', ...lines] = received.subarray(0, headEnd).toString('latin1').split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0)
  const headers = Object.fromEntries(
    lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  const after = received.subarray(headEnd + 4)
  const answer = (body: Buffer, rest: Buffer) => ({
    answer: { status, headers, body: decoded(body, headers['content-encoding']).toString() },
    rest,
  })
  const nothing = Buffer.alloc(0)
  if (isHead || status < 200 || status === 204 || status === 304) return answer(nothing, after)
  if (headers['transfer-encoding'] === 'chunked') {
    const chunks = takeChunks(after)
    return chunks && answer(chunks.body, chunks.rest)
  }
  const length = headers['content-length']
  if (length === undefined) return isOver ? answer(after, nothing) : undefined
  const size = Number(length)
  return after.length < size ? undefined : answer(after.subarray(0, size), after.subarray(size))
}

function decoded(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'gzip') return gunzipSync(body)
  return encoding === 'br' ? brotliDecompressSync(body) : body
}

function takeChunks(bytes: Buffer): { body: Buffer; rest: Buffer } | undefined {
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd === -1) return undefined
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16)
    const next = lineEnd + 2 + size + 2
    if (bytes.length < next) return undefined
    if (size === 0) return { body: Buffer.concat(chunks), rest: bytes.subarray(next) }
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = next
  }
}
