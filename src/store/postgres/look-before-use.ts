/** What a database must be before Roomkey uses it, and whether a pooler stands in front of it. */
import { StoreError } from '../store-error.ts'
import type { PostgresAddress } from './address.ts'
import { type Connections, withConnection } from './connections.ts'

interface Seen {
  process: number
  encoding: string
  schema: string | null
  isReplica: boolean
  readOnly: boolean
}

/** @throws StoreError where nothing can be kept there. */
export async function lookAt(
  connections: Connections,
  { place, pooled }: PostgresAddress,
): Promise<{ pooled: boolean }> {
  return withConnection(connections, async connection => {
    const { rows } = await connection.query<Seen>(`
      select pg_backend_pid() as process, current_setting('server_encoding') as encoding, current_schema() as schema,
        pg_is_in_recovery() as "isReplica", current_setting('transaction_read_only') = 'on' as "readOnly"`)
    const { process, encoding, schema, isReplica, readOnly } = rows[0]!
    if (encoding !== 'UTF8') {
      throw new StoreError(
        `${place} has the encoding ${encoding}, which cannot hold every name; make one with createdb --encoding UTF8 --template template0.`,
      )
    }
    if (isReplica || readOnly) {
      throw new StoreError(
        `${place} can only be read${isReplica ? ', because it is a replica' : ''}; name ${isReplica ? 'its primary' : 'one that can be written to'}.`,
      )
    }
    if (schema === null) {
      throw new StoreError(
        `${place} has no schema for the tables, because search_path names none that is there and may be used; create it with create schema, or correct search_path.`,
      )
    }
    // A server tells each connection its own number; a pooler tells one that it made up.
    const { processID } = connection as unknown as { processID: number }
    return { pooled: pooled ?? processID !== process }
  })
}
