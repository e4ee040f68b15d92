import { sql } from 'kysely'
import type { Db } from './tables.ts'

/** Asks the database for nothing, to see that it answers. @throws Error where it does not. */
export async function ping(db: Db): Promise<void> {
  await sql`select 1`.execute(db)
}
