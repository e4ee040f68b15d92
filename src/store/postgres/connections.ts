import { availableParallelism } from 'node:os'
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg, { type PoolClient } from 'pg'
import Cursor from 'pg-cursor'
import { StoreUnavailable } from '../store-error.ts'
import type { Db, Tables } from '../tables.ts'
import { asStoreFailure, failureOf, messageOf } from './failure.ts'

export interface ConnectionSettings {
  url: string
  /** Null for no limit: migrations, checks and copies take as long as they take. */
  statementMs: number | null
  /** For statements that only touch a few rows by their keys. */
  byKey?: boolean
}

/** How long a caller waits for a connection, whether for a free one or for a new one to open. */
const connectMs = 5000

/** More than one or two per core would only wait for each other. */
const maxConnections = Math.max(4, 2 * availableParallelism())

export function openPool({ url, statementMs, byKey = false }: ConnectionSettings): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: 'roomkey',
    types: { getTypeParser },
    ...(byKey ? { onConnect: planByKey } : {}),
    ...(statementMs === null ? {} : limitedTo(statementMs)),
  })
  // A connection may be lost at any time, in use or idle: its user learns of it from the query that fails.
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  return pool
}

/**
 * Without this, a database that has just been filled, and for which PostgreSQL has no statistics yet, is read from end
 * to end for each batch: measured at a thousandth of the speed.
 */
async function planByKey(connection: pg.ClientBase): Promise<void> {
  await connection.query(`
    set enable_seqscan = off; set enable_bitmapscan = off; set enable_hashjoin = off; set enable_mergejoin = off;
    set jit = off; set plan_cache_mode = force_generic_plan`)
}

/** The server times out first; the client does when not even that answer arrives. */
function limitedTo(ms: number) {
  return { statement_timeout: ms, idle_in_transaction_session_timeout: 2 * ms, query_timeout: ms + 2000 }
}

/** Whole numbers arrive as numbers on both engines: none of Roomkey's exceeds 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  const { INT8, NUMERIC } = pg.types.builtins
  return oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format as 'text')
}

/** Lends a connection and takes it back; a lost one is not lent again. Errors are PostgreSQL's own. */
export async function withConnection<Result>(
  pool: pg.Pool,
  work: (connection: PoolClient) => Promise<Result>,
): Promise<Result> {
  const connection = await connectionFrom(pool)
  let lost = false
  try {
    return await work(connection)
  } catch (error) {
    lost = failureOf(error) === 'lost'
    throw error
  } finally {
    connection.release(lost)
  }
}

async function connectionFrom(pool: pg.Pool): Promise<PoolClient> {
  return pool.connect().catch((error: unknown) => {
    throw new StoreUnavailable(`Cannot connect to PostgreSQL: ${messageOf(error)}.`, { cause: error })
  })
}

/** Queries over any free connection. An unreachable database is a StoreUnavailable. */
export function kyselyOverPool(pool: pg.Pool): Db {
  const kyselyPool: PostgresPool = {
    connect: async () => lend(await connectionFrom(pool)),
    end: () => pool.end(),
  }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: kyselyPool, cursor: Cursor }) })
}

/** Queries over one connection, which stays with its holder. Errors are PostgreSQL's own. */
export function kyselyOverConnection(connection: PoolClient): Db {
  const lent = { query: connection.query.bind(connection), release() {} } as PostgresPoolClient
  const onlyOne: PostgresPool = { connect: async () => lent, end: async () => {} }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: onlyOne, cursor: Cursor }) })
}

function lend(connection: PoolClient): PostgresPoolClient {
  let lost = false
  const query = (statement: unknown, values?: unknown[]): unknown => {
    const result: unknown = connection.query(statement as string, values as unknown[])
    if (!(result instanceof Promise)) return result
    return result.catch((error: unknown) => {
      lost ||= failureOf(error) === 'lost'
      throw asStoreFailure(error)
    })
  }
  return { query: query as PostgresPoolClient['query'], release: () => connection.release(lost) }
}
