import { availableParallelism } from 'node:os'
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg, { type PoolClient } from 'pg'
import Cursor from 'pg-cursor'
import type { Db, Tables } from '../tables.ts'
import type { PostgresAddress } from './address.ts'
import { Connector } from './connect.ts'
import { asStoreFailure, failureOf } from './failure.ts'
import { beginning, PooledClient, queryTimeout, type Session, settingsOf } from './session.ts'
import { waysTo } from './tls.ts'

/** More than one or two per core would only wait for each other. */
const mostConnections = Math.max(4, 2 * availableParallelism())

/** Connections to one database, all set alike. */
export interface Connections {
  session: Session
  connector: Connector
  take(): Promise<PoolClient>
  end(): Promise<void>
}

/** `beside`: the pools that this process has on the same database already. */
export function openPool(address: PostgresAddress, session: Session, beside: Connections[] = []): Connections {
  const pool = new pg.Pool({
    ...(address.user === undefined ? {} : { user: address.user }),
    ...(address.password === undefined ? {} : { password: address.password }),
    ...(address.database === undefined ? {} : { database: address.database }),
    ...(address.options === undefined ? {} : { options: address.options }),
    application_name: address.applicationName,
    client_encoding: 'UTF8',
    max: mostConnections,
    // One stays, so that others who use up the server's connections do not lock us out.
    min: 1,
    connectionTimeoutMillis: address.connectMs,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    types: { getTypeParser },
    onConnect: connection => prepare(connection, address, session),
    ...queryTimeout(session),
    ...(session.pooled ? { Client: PooledClient } : {}),
  })
  // A connection may be lost at any time, in use or idle: its user learns of it from the query that fails.
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  const others = beside.map(({ connector }) => connector)
  const connector = new Connector(pool, waysTo(address), mostConnections, others)
  return { session, connector, take: () => connector.take(), end: () => pool.end() }
}

async function prepare(connection: pg.ClientBase, address: PostgresAddress, session: Session): Promise<void> {
  const settings = settingsOf(session)
  if (settings !== '') await connection.query(settings)
  if (!address.onlyPrimary) return
  const { rows } = await connection.query<{ writes: boolean }>(
    "select current_setting('transaction_read_only') = 'off' as writes",
  )
  if (!rows[0]!.writes) throw Object.assign(new Error('this host only reads'), { code: 'ENOTPRIMARY' })
}

/** Whole numbers arrive as numbers on both engines: none of Roomkey's exceeds 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  const { INT8, NUMERIC } = pg.types.builtins
  return oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format as 'text')
}

/** Lends a connection and takes it back; a lost one is not lent again. Errors are PostgreSQL's own. */
export async function withConnection<Result>(
  connections: Connections,
  work: (connection: PoolClient) => Promise<Result>,
): Promise<Result> {
  const connection = await connections.take()
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

/** Queries over any free connection. An unreachable database is a StoreUnavailable. */
export function kyselyOverPool(connections: Connections): Db {
  const kyselyPool: PostgresPool = {
    connect: async () => lend(await connections.take(), connections.session),
    end: () => connections.end(),
  }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: kyselyPool, cursor: Cursor }) })
}

/** Queries over one connection, which stays with its holder. Errors are PostgreSQL's own. */
export function kyselyOverConnection(connection: PoolClient): Db {
  const lent = { query: connection.query.bind(connection), release() {} } as PostgresPoolClient
  const onlyOne: PostgresPool = { connect: async () => lent, end: async () => {} }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: onlyOne, cursor: Cursor }) })
}

function lend(connection: PoolClient, session: Session): PostgresPoolClient {
  let lost = false
  const query = (given: unknown, values?: unknown[]): unknown => {
    const begins = typeof given === 'string' && /^(begin|start transaction)\b/.test(given)
    const result: unknown = begins
      ? connection.query(beginning(session, given))
      : connection.query(given as string, values as unknown[])
    if (!(result instanceof Promise)) return result
    return result.catch((error: unknown) => {
      lost ||= failureOf(error) === 'lost'
      throw asStoreFailure(error)
    })
  }
  return { query: query as PostgresPoolClient['query'], release: () => connection.release(lost) }
}
