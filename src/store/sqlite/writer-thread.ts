/**
 * The writer's thread, so that no commit ever blocks the event loop that answers requests. Messages in: `{ call,
 * request }`, or 'close'. Messages out: 'ready', `{ call, reply }`, or `{ failed }` at the start.
 */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { engines } from '../engines.ts'
import { migrate } from '../migrate.ts'
import { packError } from '../packed-error.ts'
import type { Purpose } from '../store.ts'
import { Checkpoints } from './checkpoints.ts'
import { kyselyOver, openWriter } from './connection.ts'
import { SameFile } from './same-file.ts'
import { type WriteRequest, Writer } from './writer.ts'

/**
 * More would make the first of them wait for the last without saving the disk much, and would write more pages than
 * SQLite's cache holds before it has to spill some: at sixteen million IDs, 64 measured a seventh slower.
 */
const maxGroupSize = 16

interface Call {
  call: number
  request: WriteRequest
}

const port = parentPort as MessagePort
const { path, ...settings } = workerData as { path: string; durable: boolean; purpose: Purpose }

try {
  await serve()
} catch (error) {
  port.postMessage({ failed: packError(error as Error) })
}

async function serve(): Promise<void> {
  const connection = openWriter(path, settings)
  connection.exec('begin immediate')
  await migrate(kyselyOver(connection) as never, engines.sqlite)
  connection.exec('commit')

  const file = settings.durable ? new SameFile(path) : null
  const writer = new Writer(connection, file)
  const checkpoints = new Checkpoints(path)
  const waiting: (Call | 'close')[] = []
  let busy = false
  let lastGroup = 0

  port.on('message', async (message: Call | 'close') => {
    waiting.push(message)
    if (busy) return
    busy = true
    while (waiting.length > 0) await (waiting[0] === 'close' ? close() : serveGroup())
    busy = false
  })
  port.postMessage('ready')

  async function serveGroup(): Promise<void> {
    drainInbox()
    // Callers that have their answer come back with the next request. Replying to half of them at a time means the
    // writer need not wait for that: the other half is already queued.
    const maxCalls = Math.min(maxGroupSize, Math.ceil((lastGroup + waiting.length) / 2))
    const calls: number[] = []
    const replies = await writer.perform(() => {
      if (calls.length === maxCalls) return undefined
      drainInbox()
      const next = waiting[0]
      if (next === undefined || next === 'close') return undefined
      waiting.shift()
      calls.push(next.call)
      return next.request
    })
    lastGroup = calls.length
    for (const [index, call] of calls.entries()) {
      const reply = replies[index]!
      port.postMessage({ call, reply: 'error' in reply ? { error: packError(reply.error) } : reply })
    }
    checkpoints.committed()
    // Yields to other messages, such as the end of a checkpoint: requests alone could go on forever.
    await yieldToEventLoop()
    await checkpoints.pending
  }

  function drainInbox(): void {
    for (let more = receiveMessageOnPort(port); more !== undefined; more = receiveMessageOnPort(port)) {
      waiting.push(more.message)
    }
  }

  async function close(): Promise<void> {
    waiting.length = 0
    await checkpoints.stop()
    connection.close()
    port.close()
  }
}
