/**
 * A database for tests: in this thread, in a temporary folder that goes with it, not durable, and it can be put back to
 * how it was. Its file is copied whole, because that takes a millisecond for a thousand people.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { ping } from '../ping.ts'
import type { RefreshRequest } from '../refresh/refresh-rooms.ts'
import type { Store } from '../store.ts'
import type { Db } from '../tables.ts'
import type { WriteArgs, WriteName, WriteResult } from '../writes.ts'
import { kyselyOver, openReader, openWriter } from './connection.ts'
import { emptyDatabase, writing } from './empty-database.ts'
import { type PackedOutcome, unpackOutcome } from './packed-outcome.ts'
import { packRequest } from './packed-request.ts'
import { type WriteRequest, Writer } from './writer.ts'

export interface MemoryStore extends Store {
  /** All that is in it, once what is being written has been. */
  snapshot(): Promise<Snapshot>
  /** Puts everything back. Queries that are under way may fail. */
  restore(snapshot: Snapshot): Promise<void>
}

/** A database file. */
export type Snapshot = Buffer

/** @param caseMatters whether IDs that differ in capitals alone are two. */
export async function openMemoryStore({ caseMatters = false } = {}): Promise<MemoryStore> {
  const folder = mkdtempSync(join(tmpdir(), 'roomkey-'))
  const removeFolder = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', removeFolder)
  const path = join(folder, 'roomkey.sqlite')

  let open = openFile(path, await emptyDatabase(path))

  /** Writes one after the other, as the writer's thread has them. */
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
  const perform = (request: WriteRequest): Promise<unknown> =>
    inTurn(async () => {
      const asked = [request]
      const [reply] = await open.writer.perform(() => asked.pop())
      if ('error' in reply!) throw reply.error
      return reply!.result
    })

  return {
    engine: 'sqlite',
    place: 'memory',
    get db() {
      return open.db
    },
    write: <Name extends WriteName>(name: Name, args: WriteArgs<Name>) =>
      perform({ name, args }) as Promise<WriteResult<Name>>,
    refreshRooms: async (args: RefreshRequest) =>
      unpackOutcome(
        (await perform({ name: 'refreshRooms', args: packRequest({ ...args, caseMatters }) })) as PackedOutcome,
      ),
    sharedCalls: null,
    async check() {
      await ping(open.db)
      return 0
    },
    snapshot: () => inTurn(() => open.connection.serialize()),
    restore: snapshot =>
      inTurn(() => {
        open.close()
        open = openFile(path, snapshot)
      }),
    close: () =>
      inTurn(() => {
        open.close()
        process.off('exit', removeFolder)
        removeFolder()
      }),
  }
}

interface OpenFile {
  connection: Database
  writer: Writer
  db: Db
  close(): void
}

function openFile(path: string, snapshot: Snapshot): OpenFile {
  for (const log of ['-wal', '-shm']) rmSync(path + log, { force: true })
  writeFileSync(path, snapshot, { mode: 0o600 })
  const connection = openWriter(path, writing)
  const reader = openReader(path, 'calls')
  return {
    connection,
    writer: new Writer(connection, null),
    db: kyselyOver(reader),
    close() {
      reader.close()
      connection.close()
    },
  }
}
