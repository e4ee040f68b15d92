import type { EngineName } from './engines.ts'
import type { RefreshOutcome, RefreshRequest } from './refresh/refresh-rooms.ts'
import type { Db } from './tables.ts'
import type { WriteArgs, WriteName, WriteResult } from './writes.ts'

/** What a store is opened for: calls that somebody waits for, or work on the whole database, which takes its time. */
export type Purpose = 'calls' | 'upkeep'

export interface Store {
  readonly engine: EngineName
  /** Where the data is, for people. Holds no password. */
  readonly place: string
  /** For reads. Writes go through `write`. */
  readonly db: Db
  /**
   * Sees that the database answers, and that it is still where it was opened. @throws Error where it is not.
   * Returns how many machines of a cluster do not answer; 0 where there is no cluster.
   */
  check(): Promise<number>
  /**
   * Performs one named write in one transaction; durable when the promise resolves.
   * @throws StoreUnavailable when the database cannot be reached or written now.
   */
  write<Name extends WriteName>(name: Name, args: WriteArgs<Name>): Promise<WriteResult<Name>>
  /** Refreshes the rooms of a batch, all or none; durable when the promise resolves. Throws as `write` does. */
  refreshRooms(request: RefreshRequest): Promise<RefreshOutcome>
  /** Null where no other machine can use the database: then each process counts calls by itself. */
  readonly sharedCalls: SharedCalls | null
  /** Finishes what is running and closes every connection. */
  close(): Promise<void>
}

/** Lets processes on one database share one limit on a token's calls, without a query for each call. */
export interface SharedCalls {
  /** Grants some of the calls that the token has left in this minute; none when it has none left. */
  lease(tokenId: string, perMinute: number): Promise<{ granted: number; endsInMs: number }>
}
