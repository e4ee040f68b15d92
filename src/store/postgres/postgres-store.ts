import type { Kysely } from 'kysely'
import { engines } from '../engines.ts'
import { migrate } from '../migrate.ts'
import { ping } from '../ping.ts'
import { enableReadCache } from '../read-cache.ts'
import { siteRule } from '../sites/sites.ts'
import type { Purpose, Store } from '../store.ts'
import { lockingWrites, type WriteArgs, type WriteName, type WriteResult, writes } from '../writes.ts'
import { type PostgresAddress, readAddress } from './address.ts'
import { type Connections, kyselyOverConnection, kyselyOverPool, openPool, withConnection } from './connections.ts'
import { lookAt } from './look-before-use.ts'
import { whyNotOpened } from './opening-failure.ts'
import { PostgresRefresh } from './refresh.ts'
import { type BatchStatements, batchStatements } from './refresh-in-one-statement.ts'
import type { Session } from './session.ts'
import { sharedCalls } from './shared-calls.ts'
import { silentMachines } from './silent-machines.ts'
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
  const address = readAddress(url)
  const { statements, distributed, pooled } = await prepareDatabase(address)

  const pool = openPool(address, { pooled, statementMs: purpose === 'calls' ? statementMs : null, byKey: null })
  const db = kyselyOverPool(pool)
  const readCache = enableReadCache(db)
  const forBatches: Session = { pooled, statementMs, byKey: distributed ? 'distributed' : 'alone' }
  // Through a pooler, what they are set to is no matter of connections: one pool does for both.
  const batches = pooled ? { ...pool, session: forBatches } : openPool(address, forBatches, [pool])
  const refresh = new PostgresRefresh(batches, statements, siteId => siteRule(db, siteId))

  return {
    engine: 'postgres',
    place: address.place,
    db,
    async check() {
      await ping(db)
      return distributed ? silentMachines(db) : 0
    },
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
      await Promise.all(pooled ? [pool.end()] : [pool.end(), batches.end()])
    },
  }
}

async function writeSerially(pool: Connections, name: WriteName, args: unknown): Promise<unknown> {
  const isolation = lockingWrites.has(name) ? 'read committed' : 'serializable'
  return retrying(() =>
    transactionOnce<unknown>(pool, isolation, connection =>
      writes[name](kyselyOverConnection(connection), args as never),
    ),
  )
}

interface Prepared {
  statements: BatchStatements
  distributed: boolean
  pooled: boolean
}

/** Migrates the database to this version's tables, and finds out how batches must be written there. */
async function prepareDatabase(address: PostgresAddress): Promise<Prepared> {
  // As through a pooler: that is right without one, too.
  const connections = openPool(address, { pooled: true, statementMs: null, byKey: null })
  try {
    const { pooled } = await lookAt(connections, address)
    await migrate(kyselyOverPool(connections) as unknown as Kysely<never>, engines.postgres)
    return { ...(await withConnection(connections, batchStatements)), pooled }
  } catch (error) {
    throw whyNotOpened(error, address)
  } finally {
    await connections.end()
  }
}
