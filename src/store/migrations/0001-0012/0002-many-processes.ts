import { type Kysely, sql } from 'kysely'
import type { Engine } from '../../engines.ts'

/** What processes sharing one PostgreSQL must agree on: batch numbers, and how often each token has called. */
export async function manyProcesses(db: Kysely<unknown>, engine: Engine): Promise<void> {
  if (engine.name !== 'postgres') return
  await sql`create sequence batch_number`.execute(db)
  // Unlogged: after a crash the calls of the last minute may be forgotten, and counting a call costs no disk write.
  await sql`
    create unlogged table call_count (
      token_id text collate "C" primary key,
      window_ends timestamptz not null,
      calls integer not null,
      granted integer not null
    ) with (fillfactor = 50)`.execute(db)
}
