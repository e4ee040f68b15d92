import { setTimeout as sleep } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { StoreUnavailable } from '../store-error.ts'
import { type Connections, withConnection } from './connections.ts'
import { asStoreFailure, commitFailureOf, type Failure, failureOf, LostRace } from './failure.ts'
import { beginning } from './session.ts'

/**
 * The connection was lost while the transaction was being committed: its outcome is unknown. It keeps the name of its
 * parent, because to everybody outside this folder it is one: the log and the 503 of both are the same.
 */
export class CommitUnknown extends StoreUnavailable {
  override name = 'StoreUnavailable'
}

export type Isolation = 'read committed' | 'serializable' | 'repeatable read'

/** Runs the work in one transaction, once. @throws CommitUnknown, or PostgreSQL's error when nothing was written. */
export async function transactionOnce<Result>(
  connections: Connections,
  isolation: Isolation,
  work: (connection: PoolClient) => Promise<Result>,
): Promise<Result> {
  return withConnection(connections, async connection => {
    await connection.query(beginning(connections.session, `begin isolation level ${isolation}`))
    const result = await work(connection).catch(async (error: unknown) => {
      if (failureOf(error) !== 'lost') await connection.query('rollback')
      throw error
    })
    await commit(connection)
    return result
  })
}

/**
 * Runs one statement that is a transaction of its own. Through a pooler it needs one around it, because what it is set
 * to must not outlast it. @throws CommitUnknown, or PostgreSQL's error when nothing was written.
 */
export function asTransaction<Result>(
  connections: Connections,
  statement: (connection: PoolClient) => Promise<Result>,
): Promise<Result> {
  return connections.session.pooled
    ? transactionOnce(connections, 'read committed', statement)
    : withConnection(connections, statement)
}

async function commit(connection: PoolClient): Promise<void> {
  const warnings: string[] = []
  const warn = ({ code }: { code: string | undefined }) => warnings.push(code ?? '')
  connection.on('notice', warn)
  const { command } = await connection
    .query('commit')
    .catch((error: unknown) => {
      const failure = commitFailureOf(error, warnings)
      if (failure === 'raced') throw new LostRace('Another transaction was faster.', { cause: error })
      if (failure !== 'lost') throw error
      throw new CommitUnknown('The connection to PostgreSQL was lost while it was writing.', { cause: error })
    })
    .finally(() => connection.off('notice', warn))
  // PostgreSQL reports no error when asked to commit a transaction in which a statement failed: it answers ROLLBACK.
  if (command !== 'COMMIT') throw new Error('A write went on after one of its statements had failed.')
}

/**
 * How often each kind of failure is retried. A lost connection is usually one that the server closed while it was idle.
 */
const tries: Record<Failure, number> = { lost: 2, raced: 20, duplicate: 20, away: 0, wrong: 0 }

const maxPauseMs = 100

/**
 * Retries an attempt after failures that wrote nothing and may pass, a bounded number of times.
 *
 * @throws StoreUnavailable where the database is away, or others were faster each time; the last error otherwise.
 */
export async function retrying<Result>(attempt: () => Promise<Result>): Promise<Result> {
  const left = { ...tries }
  for (let index = 0; ; index += 1) {
    try {
      return await attempt()
    } catch (error) {
      const failure = failureOf(error)
      if (left[failure] === 0) throw lostEachTime(failure) ? overtaken(error) : asStoreFailure(error)
      left[failure] -= 1
      await sleep(Math.random() * Math.min(maxPauseMs, 2 ** index))
    }
  }
}

function lostEachTime(failure: Failure): boolean {
  return failure === 'raced' || failure === 'duplicate'
}

/** Nothing was written, and the same again may succeed: that is for the caller to decide. */
function overtaken(error: unknown): StoreUnavailable {
  return new StoreUnavailable('The database cannot be used now: others change the same rows all the time; try again.', {
    cause: error,
  })
}
