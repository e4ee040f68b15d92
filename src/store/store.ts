import type { EngineName } from './engines.ts'
import type { RefreshOutcome, RefreshRequest } from './refresh-rooms.ts'
import type { Db } from './tables.ts'
import type { WriteArgs, WriteName, WriteResult } from './writes.ts'

export interface Store {
  readonly engine: EngineName
  /** For people: where the data is. Holds no password. */
  readonly place: string
  /** For reads. Writes go through `write`. */
  readonly db: Db
  /**
   * Does one named write in one transaction; durable when the promise resolves.
   * @throws StoreUnavailable when the database cannot be reached or written now.
   */
  write<Name extends WriteName>(name: Name, args: WriteArgs<Name>): Promise<WriteResult<Name>>
  /** Refreshes the rooms of a batch, all or none; durable when the promise resolves. Throws as `write` does. */
  refreshRooms(request: RefreshRequest): Promise<RefreshOutcome>
  /** Finishes what is running and closes every connection. */
  close(): Promise<void>
}
