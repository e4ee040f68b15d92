import type { Database } from 'better-sqlite3'
import { type RefreshRequest, type RefreshTransaction, refreshRooms } from '../refresh-rooms.ts'
import type { Db } from '../tables.ts'
import { type WriteName, writes } from '../writes.ts'
import { kyselyOver } from './connection.ts'
import { asStoreFailure } from './failure.ts'
import { type PackedOutcome, packOutcome } from './packed-outcome.ts'
import { sqliteRefreshTransaction } from './refresh-transaction.ts'

/** What the writer is asked to do. */
export type WriteRequest = { name: 'refreshRooms'; args: RefreshRequest } | { name: WriteName; args: unknown }

export type WriteReply = { result: unknown } | { error: Error }

/**
 * The one writer of a SQLite database. Requests that wait together share one commit, since the wait for the disk is
 * what a small transaction costs: each is checked before it writes, so a refusal leaves nothing to take back, and no
 * savepoints are needed. Should one throw all the same, the group is rolled back and each request runs alone.
 */
export class Writer {
  readonly #connection: Database
  readonly #db: Db
  readonly #refresh: RefreshTransaction

  constructor(connection: Database) {
    this.#connection = connection
    this.#db = kyselyOver(connection)
    this.#refresh = sqliteRefreshTransaction(connection)
  }

  /** One reply per request, in order. Every result in them is durable. */
  async perform(requests: WriteRequest[]): Promise<WriteReply[]> {
    try {
      return await this.#inOneCommit(requests)
    } catch (error) {
      if (requests.length === 1) return [{ error: asStoreFailure(error) as Error }]
      const replies: WriteReply[] = []
      for (const request of requests) replies.push(...(await this.perform([request])))
      return replies
    }
  }

  async #inOneCommit(requests: WriteRequest[]): Promise<WriteReply[]> {
    this.#connection.exec('begin immediate')
    try {
      const replies: WriteReply[] = []
      for (const request of requests) replies.push({ result: await this.#do(request) })
      this.#connection.exec('commit')
      return replies
    } catch (error) {
      if (this.#connection.inTransaction) this.#connection.exec('rollback')
      throw error
    }
  }

  async #do(request: WriteRequest): Promise<PackedOutcome | unknown> {
    if (request.name === 'refreshRooms') {
      return packOutcome(await refreshRooms(this.#refresh, request.args as RefreshRequest))
    }
    return writes[request.name as WriteName](this.#db, request.args as never)
  }
}
