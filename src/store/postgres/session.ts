/**
 * What a connection is set to. A pooler between us and the server, such as pgbouncer in transaction mode, gives every
 * transaction another connection of the server: there nothing may outlast a transaction, no setting and no prepared
 * statement, so settings are made anew inside each.
 */
import pg from 'pg'

export interface Session {
  pooled: boolean
  /** Null for no limit: migrations, checks and copies take as long as they take. */
  statementMs: number | null
  /**
   * For statements that only touch a few rows by their keys. A distributed database must see the site's number to send
   * a statement to its machine, so there each is planned with its values: Citus refuses most generic plans.
   */
  byKey: 'alone' | 'distributed' | null
}

/**
 * Without these, a database that has just been filled, and for which PostgreSQL has no statistics yet, is read from end
 * to end for each batch: measured at a thousandth of the speed.
 */
const byKeyOnly = {
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
}

const planCacheMode = { alone: 'force_generic_plan', distributed: 'force_custom_plan' }

/** The server times out first; the client does when not even that answer arrives. */
function limits(ms: number | null): Record<string, string> {
  if (ms === null) return { statement_timeout: '0' }
  return { statement_timeout: String(ms), idle_in_transaction_session_timeout: String(2 * ms) }
}

function byKey({ byKey: where }: Session): Record<string, string> {
  return where === null ? {} : { ...byKeyOnly, plan_cache_mode: planCacheMode[where] }
}

function statements(session: Session, verb: 'set' | 'set local'): string {
  const settings = { ...limits(session.statementMs), ...byKey(session) }
  return Object.entries(settings)
    .map(([name, value]) => `; ${verb} ${name} = ${value}`)
    .join('')
}

/** What begins a transaction: through a pooler, together with what it is set to. */
export function beginning(session: Session, begin: string): string {
  return session.pooled ? begin + statements(session, 'set local') : begin
}

/** What a new connection is set to; empty through a pooler. */
export function settingsOf(session: Session): string {
  return session.pooled ? '' : statements(session, 'set').slice(2)
}

/** For how long the client waits for an answer. */
export function queryTimeout({ statementMs }: Session): { query_timeout?: number } {
  return statementMs === null ? {} : { query_timeout: statementMs + 2000 }
}

/** A connection through a pooler: no statement has a name, because the server that knows it is not the next one. */
export class PooledClient extends pg.Client {
  // The overloads of `query` cannot be repeated here; what is passed on is what came.
  override query(...[statement, ...rest]: unknown[]): never {
    const isNamed = typeof statement === 'object' && statement !== null && 'name' in statement
    const given = isNamed ? { ...statement, name: undefined } : statement
    return (super.query as (...words: unknown[]) => never)(given, ...rest)
  }
}
