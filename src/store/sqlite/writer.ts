import type { Database } from 'better-sqlite3'
import { decideAndWrite, type RefreshTransaction } from '../refresh/refresh-rooms.ts'
import type { Db } from '../tables.ts'
import { type WriteName, writes } from '../writes.ts'
import { kyselyOver } from './connection.ts'
import { asStoreFailure } from './failure.ts'
import { type PackedOutcome, packOutcome } from './packed-outcome.ts'
import { type PackedRequest, unpackRequest } from './packed-request.ts'
import { sqliteRefreshTransaction } from './refresh-transaction.ts'
import type { SameFile } from './same-file.ts'

/** A request to the writer. */
export type WriteRequest = { name: 'refreshRooms'; args: PackedRequest } | { name: WriteName; args: unknown }

export type WriteReply = { result: unknown } | { error: Error }

/**
 * The single writer of a SQLite database. Requests that wait together share one commit, and so do those that arrive
 * while the others are being processed, since the wait for the disk is what a small transaction costs. Each is checked
 * before it writes, so a refusal leaves nothing to undo, and no savepoints are needed. Should one throw all the same,
 * the group is rolled back and each request runs alone.
 */
export class Writer {
  readonly #connection: Database
  readonly #db: Db
  readonly #refresh: RefreshTransaction
  readonly #file: SameFile | null

  /** @param file null for a file that has no name. */
  constructor(connection: Database, file: SameFile | null) {
    this.#connection = connection
    this.#file = file
    this.#db = kyselyOver(connection)
    this.#refresh = sqliteRefreshTransaction(connection)
  }

  /**
   * Performs what `next` returns, in one commit, until it returns nothing. One reply each, in order; every result is
   * durable.
   */
  async perform(next: () => WriteRequest | undefined): Promise<WriteReply[]> {
    const taken: WriteRequest[] = []
    try {
      return await this.#inOneCommit(() => {
        const request = next()
        if (request !== undefined) taken.push(request)
        return request
      })
    } catch (error) {
      if (taken.length === 1) return [{ error: asStoreFailure(error) as Error }]
      const replies: WriteReply[] = []
      for (const request of taken) replies.push(...(await this.perform(only(request))))
      return replies
    }
  }

  async #inOneCommit(next: () => WriteRequest | undefined): Promise<WriteReply[]> {
    // A transaction that cannot even begin is the failure of its first request.
    let request = next()
    this.#file?.expect()
    this.#connection.exec('begin immediate')
    try {
      const replies: WriteReply[] = []
      for (; request !== undefined; request = next()) replies.push({ result: await this.#do(request) })
      this.#connection.exec('commit')
      // Before anybody is told: what went into a removed file is lost.
      this.#file?.expect()
      return replies
    } catch (error) {
      if (this.#connection.inTransaction) this.#connection.exec('rollback')
      throw error
    }
  }

  async #do(request: WriteRequest): Promise<PackedOutcome | unknown> {
    if (request.name === 'refreshRooms') {
      return packOutcome(await decideAndWrite(this.#refresh, unpackRequest(request.args)))
    }
    return writes[request.name as WriteName](this.#db, request.args as never)
  }
}

function only(request: WriteRequest): () => WriteRequest | undefined {
  let left: WriteRequest | undefined = request
  return () => {
    const given = left
    left = undefined
    return given
  }
}
