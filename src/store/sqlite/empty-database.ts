/**
 * An empty database of this version, as bytes. Migrating one takes longer than all else that starting a service for
 * tests does, so the build puts a migrated one beside the program.
 */
import { readFileSync, rmSync } from 'node:fs'
import { engines } from '../engines.ts'
import { migrate } from '../migrate.ts'
import { kyselyOver, openWriter } from './connection.ts'

/** Its name beside the program. */
export const builtInName = 'empty.sqlite'

/** Nobody waits for a thread of checkpoints here, so SQLite copies its log back by itself. */
export const writing = { durable: false, purpose: 'upkeep' } as const

let empty: Buffer | undefined

/** @param path where one may be made. */
export async function emptyDatabase(path: string): Promise<Buffer> {
  empty ??= builtIn() ?? (await makeEmptyDatabase(path))
  return empty
}

/** Makes one at that path. */
export async function makeEmptyDatabase(path: string): Promise<Buffer> {
  const connection = openWriter(path, writing)
  try {
    await migrate(kyselyOver(connection) as never, engines.sqlite)
    return connection.serialize()
  } finally {
    connection.close()
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
  }
}

/** Undefined where the program runs from its source. */
function builtIn(): Buffer | undefined {
  try {
    return readFileSync(new URL(builtInName, import.meta.url))
  } catch {
    return undefined
  }
}
