/**
 * Classifies PostgreSQL's errors by what they mean for the caller. Source of the codes: PostgreSQL's manual, appendix
 * A.
 */
import pg from 'pg'
import { StoreUnavailable } from '../store-error.ts'

/**
 *   lost       the connection is gone, or the machine that it led to: whether the last statement took effect is unknown;
 *   raced      another transaction interfered: nothing was written, and the same again may succeed;
 *   duplicate  a unique key already exists: nothing was written; a race too, where the writer had checked before;
 *   away       the server cannot do it now: nothing was written;
 *   wrong      anything else.
 */
export type Failure = 'lost' | 'raced' | 'duplicate' | 'away' | 'wrong'

/** What was read is no longer current; PostgreSQL itself may not have noticed. */
export class LostRace extends Error {}

const raced = ['40001', '40P01']

/**
 * How Citus reports that one of its machines did not commit: it may have died before or after it had. The machine's own
 * error precedes it as a warning.
 */
const failedOnItsMachine = /could not commit transaction for shard/

/** Out of disk, memory or connections; interrupted; read-only after a failover; starting or stopping; disk errors. */
const away = /^(53|57|58|55P03|25006|25P03|XX001|XX002|72000)/

/** The server ends a session with these, and does not say how far the session's work had come. */
const ending = /^(08|57P01|57P02|57P05)/

export function failureOf(error: unknown): Failure {
  if (error instanceof StoreUnavailable) return 'away'
  if (error instanceof LostRace) return 'raced'
  if (!(error instanceof pg.DatabaseError)) return isNetworkError(error) ? 'lost' : 'wrong'
  const { code = '' } = error
  if (ending.test(code)) return 'lost'
  if (code === 'XX000' && failedOnItsMachine.test(error.message)) return 'lost'
  if (raced.includes(code)) return 'raced'
  if (code === '23505') return 'duplicate'
  return away.test(code) ? 'away' : 'wrong'
}

/** As failureOf, for a commit: where a machine of a cluster warned that it had lost a race, nothing was written. */
export function commitFailureOf(error: unknown, warnings: string[]): Failure {
  const failure = failureOf(error)
  return failure === 'lost' && warnings.some(code => raced.includes(code)) ? 'raced' : failure
}

/**
 * Converts an error to what callers of a store expect: StoreUnavailable where the database is away, any other
 * unchanged.
 */
export function asStoreFailure(error: unknown): unknown {
  const failure = failureOf(error)
  if (failure !== 'lost' && failure !== 'away') return error
  if (error instanceof StoreUnavailable) return error
  return new StoreUnavailable(`PostgreSQL cannot be reached or written now: ${messageOf(error)}.`, { cause: error })
}

/** The errors of `pg` itself when a connection fails: they have no code. */
const connectionWords = /connection|connect|timeout|socket|not queryable|Cannot use a pool after/i

function isNetworkError(error: unknown): boolean {
  if (!(error instanceof Error) || error.name === 'TypeError') return false
  const { code, syscall } = error as NodeJS.ErrnoException
  return syscall !== undefined || /^E[A-Z]+$/.test(code ?? '') || connectionWords.test(error.message)
}

/** A host with several addresses fails with an AggregateError, which has no message of its own. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
