import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import { engines } from '../engines.ts'
import { migrate } from '../migrate.ts'
import { ping } from '../ping.ts'
import { enableReadCache } from '../read-cache.ts'
import { siteRule } from '../sites/sites.ts'
import type { Purpose, Store } from '../store.ts'
import { StoreError } from '../store-error.ts'
import { lockingWrites, type WriteArgs, type WriteName, type WriteResult, writes } from '../writes.ts'
import { kyselyOverConnection, kyselyOverPool, openPool, withConnection } from './connections.ts'
import { whyNotOpened } from './failure.ts'
import { PostgresRefresh } from './refresh.ts'
import { type BatchStatements, batchStatements } from './refresh-in-one-statement.ts'
import { sharedCalls } from './shared-calls.ts'
import { retrying, transactionOnce } from './transaction.ts'

/** How long a call's statement may take before the caller is asked to retry. */
const statementMs = 10_000

/**
 * Opens a PostgreSQL database by its URL. Any number of processes may do so: this one holds no state that others need.
 *
 * The named writes were written for a single writer; SERIALIZABLE makes them behave as if there were one, and so do the
 * locks that some of them begin with.
 */
export async function openPostgresStore(url: string, purpose: Purpose): Promise<Store> {
  const place = placeOf(url)
  const statements = await prepareDatabase(url, place)

  const pool = openPool({ url, statementMs: purpose === 'calls' ? statementMs : null })
  const db = kyselyOverPool(pool)
  const readCache = enableReadCache(db)
  const batches = openPool({ url, statementMs, byKey: true })
  const refresh = new PostgresRefresh(batches, statements, siteId => siteRule(db, siteId))

  return {
    engine: 'postgres',
    place,
    db,
    check: () => ping(db),
    async write<Name extends WriteName>(name: Name, args: WriteArgs<Name>) {
      try {
        return (await writeSerially(pool, name, args)) as WriteResult<Name>
      } finally {
        readCache.forget()
      }
    },
    refreshRooms: request => refresh.refreshRooms(request),
    sharedCalls: sharedCalls(batches),
    async close() {
      await Promise.all([pool.end(), batches.end()])
    },
  }
}

async function writeSerially(pool: Pool, name: WriteName, args: unknown): Promise<unknown> {
  const isolation = lockingWrites.has(name) ? 'read committed' : 'serializable'
  return retrying(() =>
    transactionOnce<unknown>(pool, isolation, connection =>
      writes[name](kyselyOverConnection(connection), args as never),
    ),
  )
}

/** Migrates the database to this version's tables, and finds out how batches must be written there. */
async function prepareDatabase(url: string, place: string): Promise<BatchStatements> {
  const pool = openPool({ url, statementMs: null })
  try {
    await migrate(kyselyOverPool(pool) as unknown as Kysely<never>, engines.postgres)
    return await withConnection(pool, batchStatements)
  } catch (error) {
    throw whyNotOpened(error, place)
  } finally {
    await pool.end()
  }
}

/** Where the database is, without the password. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) {
    throw new StoreError('The URL of the database is malformed; give one such as postgres://user@host:5432/roomkey.')
  }
  const { hostname, port, pathname, searchParams } = new URL(url)
  const host = hostname === '' ? (searchParams.get('host') ?? 'localhost') : hostname
  const database = decodeURIComponent(pathname.slice(1))
  return `PostgreSQL database ${database === '' ? 'of the default name' : database} at ${host}:${port === '' ? '5432' : port}`
}
