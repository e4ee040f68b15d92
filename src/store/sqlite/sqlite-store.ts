import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type PackedError, unpackError } from '../packed-error.ts'
import { ping } from '../ping.ts'
import type { RefreshRequest } from '../refresh/refresh-rooms.ts'
import { sibling } from '../sibling-module.ts'
import type { Purpose, Store } from '../store.ts'
import { StoreUnavailable } from '../store-error.ts'
import type { WriteArgs, WriteName, WriteResult } from '../writes.ts'
import { kyselyOver, openReader } from './connection.ts'
import { type PackedOutcome, unpackOutcome } from './packed-outcome.ts'
import { packRequest } from './packed-request.ts'
import { SameFile } from './same-file.ts'
import type { WriteRequest } from './writer.ts'

/** Opens the database in a file, creating it where there is none. */
export async function openSqliteStore(path: string, purpose: Purpose): Promise<Store> {
  return open(path, { durable: true, purpose }, path)
}

/**
 * A database that lives as long as the store is open. Its file has no name any longer once both connections have opened
 * it, so that nothing of it is left however the process ends: a rehearsal's holds names and the IDs to come.
 */
export async function openThrowawayStore(): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const store = await open(join(folder, 'roomkey.sqlite'), { durable: false, purpose: 'calls' }, 'memory')
    // A connection opens the log with its first query.
    await ping(store.db)
    // Windows keeps the name of a file that is open.
    if (process.platform !== 'win32') remove()
    return {
      ...store,
      async close() {
        await store.close()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

async function open(path: string, settings: WriterSettings, place: string): Promise<Store> {
  const writer = await WriterThread.start(path, settings)
  const reader = openReader(path, settings.purpose)
  const db = kyselyOver(reader)
  const file = settings.durable ? new SameFile(path) : null
  return {
    engine: 'sqlite',
    place,
    db,
    async check() {
      await ping(db)
      file?.expect()
      return 0
    },
    write: <Name extends WriteName>(name: Name, args: WriteArgs<Name>) =>
      writer.request({ name, args }) as Promise<WriteResult<Name>>,
    refreshRooms: async (args: RefreshRequest) =>
      unpackOutcome((await writer.request({ name: 'refreshRooms', args: packRequest(args) })) as PackedOutcome),
    sharedCalls: null,
    async close() {
      reader.close()
      await writer.close()
    },
  }
}

interface WriterSettings {
  /** Whether a commit waits for the disk. */
  durable: boolean
  purpose: Purpose
}

interface Waiting {
  resolve(result: unknown): void
  reject(error: Error): void
}

type Message = 'ready' | { failed: PackedError } | { call: number; reply: { result: unknown } | { error: PackedError } }

/** The main thread's side of the writer: sends requests, and hands each caller its reply. */
class WriterThread {
  readonly #thread: Worker
  readonly #waiting = new Map<number, Waiting>()
  #calls = 0
  #ended: Error | undefined

  private constructor(thread: Worker) {
    this.#thread = thread
  }

  static async start(path: string, settings: WriterSettings): Promise<WriterThread> {
    const thread = new Worker(sibling(import.meta.url, './writer-thread'), { workerData: { path, ...settings } })
    const writer = new WriterThread(thread)
    await new Promise<void>((resolve, reject) => {
      thread.on('message', (message: Message) => {
        if (message === 'ready') resolve()
        else if ('failed' in message) reject(unpackError(message.failed))
        else writer.#deliver(message)
      })
      thread.on('error', error => {
        reject(error)
        writer.#end(error as Error)
      })
      thread.on('exit', () => writer.#end(new StoreUnavailable('The database is closed.')))
    })
    return writer
  }

  request(request: WriteRequest): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    this.#calls += 1
    const call = this.#calls
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject })
      this.#thread.postMessage({ call, request })
    })
  }

  async close(): Promise<void> {
    const exited = new Promise(resolve => this.#thread.once('exit', resolve))
    this.#thread.postMessage('close')
    await exited
  }

  #deliver({ call, reply }: Exclude<Message, 'ready' | { failed: PackedError }>): void {
    const waiting = this.#waiting.get(call)
    this.#waiting.delete(call)
    if ('error' in reply) waiting?.reject(unpackError(reply.error))
    else waiting?.resolve(reply.result)
  }

  #end(error: Error): void {
    this.#ended ??= error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
