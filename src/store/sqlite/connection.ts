import { closeSync, existsSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely'
import { makeFolder } from '../../files/make-folder.ts'
import { explainSystemFailure } from '../../messages/system-failure.ts'
import type { Purpose } from '../store.ts'
import { StoreDamaged, StoreError } from '../store-error.ts'
import type { Db, Tables } from '../tables.ts'
import { openDatabase } from './driver.ts'
import { explained } from './failure.ts'

/**
 * In upkeep nobody waits, and without durability copying is quick, so SQLite copies the log back by itself, every 16
 * MiB: the log stays short, and so do reads of it.
 */
const upkeepLogPages = 8192

/** How long a connection waits for another process to finish its transaction. */
const busyMs = 10_000

/**
 * Opens the connection that writes. `durable` waits for the disk at every commit.
 *
 * Automatic checkpoints are off: they belong to a thread of their own (checkpoints.ts), because a batch that first has
 * to copy the log back into the database is a batch that waits.
 */
export function openWriter(
  path: string,
  { durable, purpose }: { durable: boolean; purpose: Purpose },
): Database.Database {
  return opening(path, () => {
    makeFolder(dirname(path))
    // The log beside it gets the same permissions: these files hold names, hashes of PINs and webhook secrets.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
    const connection = openDatabase(path, { timeout: busyMs })
    connection.pragma('page_size = 2048')
    connection.pragma('journal_mode = wal')
    connection.pragma(`synchronous = ${durable ? 'full' : 'off'}`)
    connection.pragma(`wal_autocheckpoint = ${purpose === 'upkeep' || !durable ? upkeepLogPages : 0}`)
    setCache(connection, purpose === 'upkeep' ? upkeepCache : callsCache)
    return connection
  })
}

/** Opens a connection that can only read, and never waits for the writer. */
export function openReader(path: string, purpose: Purpose): Database.Database {
  return opening(path, () => {
    const connection = openDatabase(path, { readonly: true, timeout: busyMs })
    setCache(connection, purpose === 'upkeep' ? { ...upkeepCache, kib: callsCache.kib } : callsCache)
    return connection
  })
}

/** How many prepared statements are kept: far more than the service's calls have, apart from lists of any length. */
const maxStatements = 200

export function kyselyOver(connection: Database.Database): Db {
  const statements = new Map<string, Statement>()

  /** Preparing costs more than most queries that find one row. The least recently used statement is the first to go. */
  const prepared = (text: string): Statement => {
    const statement = statements.get(text) ?? explained(() => connection.prepare<unknown[]>(text))
    statements.delete(text)
    statements.set(text, statement)
    if (statements.size > maxStatements) statements.delete(statements.keys().next().value!)
    return statement
  }

  const database: SqliteDatabase = {
    close: () => connection.close(),
    prepare: text => {
      const statement = prepared(text)
      return {
        reader: statement.reader,
        all: values => explained(() => statement.all(values)),
        run: values => explained(() => statement.run(values)),
        // The same query may be asked while the rows of this one are being read: it gets a statement of its own.
        iterate: values => explained(() => connection.prepare<unknown[]>(text).iterate(values)),
      }
    },
  }
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
}

type Statement = Database.Statement<unknown[]>

interface Cache {
  kib: number
  mappedBytes: number
}

/** A small page cache with a memory-mapped file measured twice as fast as a large cache at two million rooms. */
const callsCache: Cache = { kib: 8192, mappedBytes: 64 * 2 ** 30 }

/**
 * Adding a million people touches pages all over the file: memory-mapped, each of them would count as this process's
 * memory.
 */
const upkeepCache: Cache = { kib: 32_768, mappedBytes: 0 }

function setCache(connection: Database.Database, { kib, mappedBytes }: Cache): void {
  connection.pragma(`cache_size = -${kib}`)
  connection.pragma(`mmap_size = ${mappedBytes}`)
}

function opening<Result>(path: string, open: () => Result): Result {
  try {
    return open()
  } catch (error) {
    if (error instanceof StoreError) throw error
    const { code = '', message } = error as NodeJS.ErrnoException
    if (/^(SQLITE_CANTOPEN|SQLITE_READONLY|EACCES|ENOENT|EROFS|ENOTDIR|EPERM|EEXIST)/.test(code)) {
      throw new StoreError(`Cannot write the database ${path}; give a folder that you may write to with --data.`)
    }
    if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
      throw new StoreDamaged(
        `${path} is not a readable SQLite database; restore a backup, or name another with --database.`,
      )
    }
    if (/^(SQLITE_FULL|ENOSPC|EDQUOT|EFBIG)/.test(code)) {
      throw new StoreError(`The disk of ${path} is full; free some space, then start again.`)
    }
    if (/^SQLITE_IOERR/.test(code)) {
      throw new StoreError(`Cannot open the database ${path} (${message}); see that its disk works and has space left.`)
    }
    const failure = explainSystemFailure(error, path)
    throw failure === undefined ? error : new StoreError(failure)
  }
}
