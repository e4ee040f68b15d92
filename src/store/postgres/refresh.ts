import { setTimeout as sleep } from 'node:timers/promises'
import { decideAndWrite, type RefreshOutcome, type RefreshRequest, type SiteRules } from '../refresh/refresh-rooms.ts'
import type { GivenRoom } from '../refresh/stored-outcome.ts'
import { BatchNumbers } from './batch-numbers.ts'
import type { Connections } from './connections.ts'
import { asStoreFailure, failureOf } from './failure.ts'
import { readRefreshed } from './read-refreshed.ts'
import {
  asSimpleBatch,
  type BatchStatements,
  refreshInOneStatement,
  type SimpleBatch,
} from './refresh-in-one-statement.ts'
import { PostgresRefreshTransaction } from './refresh-transaction.ts'
import { asTransaction, CommitUnknown, retrying, transactionOnce } from './transaction.ts'

/** The rule by which a site makes IDs, as it was a moment ago. */
type RuleOf = (siteId: number) => Promise<SiteRules['rule'] | undefined>

/**
 * How long to look for the outcome of a batch whose connection was lost: about as long as a server takes to restart.
 */
const maxSettlingAttempts = 10
const settlingPauseMs = 300

/**
 * Runs batches on PostgreSQL.
 *
 * A batch has up to two paths. First a single statement, for simple batches. Else the complete rule, step by step in a
 * transaction, restarted where another transaction was faster.
 *
 * A connection that is lost while a batch commits leaves its outcome unknown. The batch number tells: the next attempt
 * inserts the batch's row under the same number, so one of the two must fail. If the row already exists, the first
 * attempt stands and its outcome is the answer; else it never will, and the rule decides anew. Where the outcome cannot
 * be found out soon, the caller gets StoreUnavailable, and nothing is acknowledged.
 */
export class PostgresRefresh {
  readonly #connections: Connections
  readonly #numbers: BatchNumbers
  readonly #statements: BatchStatements
  readonly #ruleOf: RuleOf

  constructor(connections: Connections, statements: BatchStatements, ruleOf: RuleOf) {
    this.#connections = connections
    this.#numbers = new BatchNumbers(connections)
    this.#statements = statements
    this.#ruleOf = ruleOf
  }

  async refreshRooms(request: RefreshRequest): Promise<RefreshOutcome> {
    const simpleOrNot = request.dryRun ? null : asSimpleBatch(request, this.#ruleOf)
    const [batch, simple] = await Promise.all([this.#numbers.next(), simpleOrNot])
    if (simple === null) return this.#byTheRule(request, batch, false)
    const tried = await this.#inOneStatement(simple, batch)
    return typeof tried === 'string' ? this.#byTheRule(request, batch, tried === 'unknown') : tried
  }

  async #inOneStatement(simple: SimpleBatch, batch: number): Promise<RefreshOutcome | 'not simple' | 'unknown'> {
    try {
      const rooms = await asTransaction(this.#connections, connection =>
        refreshInOneStatement(connection, this.#statements, batch, simple),
      )
      return rooms === null ? 'not simple' : refreshed(rooms)
    } catch (error) {
      const failure = failureOf(error)
      if (failure === 'duplicate' || failure === 'raced') return 'not simple'
      if (failure === 'lost' || error instanceof CommitUnknown) return 'unknown'
      throw asStoreFailure(error)
    }
  }

  async #byTheRule(request: RefreshRequest, batch: number, sentBefore: boolean): Promise<RefreshOutcome> {
    /** The earlier attempt whose outcome is unknown, and what it had decided: null for the single statement. */
    let mayStand = sentBefore
    let standing: RefreshOutcome | null = null
    let decided: RefreshOutcome | null = null

    const attempt = () =>
      transactionOnce(this.#connections, 'read committed', async connection => {
        const transaction = new PostgresRefreshTransaction(connection, batch)
        if (mayStand && (await transaction.wasWritten(request))) {
          return standing ?? refreshed(await readRefreshed(connection, batch, request))
        }
        decided = await decideAndWrite(transaction, request)
        return decided
      })

    for (let left = maxSettlingAttempts; ; left -= 1) {
      try {
        return await retrying(attempt)
      } catch (error) {
        const unknown = error instanceof CommitUnknown
        // If the connection is lost again, nothing can tell which of the two attempts stands.
        if (failureOf(error) !== 'away' || (unknown ? mayStand : !mayStand) || left === 0) throw error
        if (unknown) standing = decided
        mayStand = true
        await sleep(settlingPauseMs)
      }
    }
  }
}

function refreshed(rooms: GivenRoom[]): RefreshOutcome {
  return { outcome: 'refreshed', rooms, replayed: false }
}
