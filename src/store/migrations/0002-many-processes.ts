import { type Kysely, sql } from 'kysely'
import type { Engine } from '../engines.ts'

/** What processes that share one PostgreSQL must agree on: the numbers of batches, and how often a token has called. */
export async function manyProcesses(db: Kysely<unknown>, engine: Engine): Promise<void> {
  if (engine.name !== 'postgres') return
  await sql`create sequence batch_number`.execute(db)
  // Unlogged: a crash may forget who called how often in the last minute, and the disk need not hear of each call.
  await sql`
    create unlogged table call_count (
      token_id text collate "C" primary key,
      window_ends timestamptz not null,
      calls integer not null,
      granted integer not null
    ) with (fillfactor = 50)`.execute(db)
}
