import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engines } from '#roomkey/store/engines.js'
import { migrate } from '#roomkey/store/migrate.js'
import { kyselyOver, openReader, openWriter } from '#roomkey/store/sqlite/connection.js'
import { Writer } from '#roomkey/store/sqlite/writer.js'
import type { Store } from '#roomkey/store/store.js'

/**
 * SQLite without its threads, for thousands of short transactions: what they cost is mostly the way between threads.
 * Nothing in it outlives the process. It has no batch of its own: what it stores are rotations of another target.
 */
export async function openInProcessStore(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'roomkey-test-'))
  const path = join(folder, 'roomkey.sqlite')
  const connection = openWriter(path, { durable: false, purpose: 'upkeep' })
  connection.exec('begin immediate')
  await migrate(kyselyOver(connection) as never, engines.sqlite)
  connection.exec('commit')
  const reader = openReader(path, 'calls')
  const writer = new Writer(connection, null)
  let last: Promise<unknown> = Promise.resolve()

  const perform: Store['write'] = (name, args) => {
    const requests = [{ name, args }]
    const replying = last.then(() => writer.perform(() => requests.shift()))
    last = replying
    return replying.then(([reply]) => {
      if (reply !== undefined && 'result' in reply) return reply.result as never
      throw reply?.error
    })
  }
  return {
    engine: 'sqlite',
    place: 'memory',
    db: kyselyOver(reader),
    check: async () => 0,
    write: perform,
    refreshRooms: () => Promise.reject(new Error('Open another store for batches.')),
    sharedCalls: null,
    async close() {
      await last
      reader.close()
      connection.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
