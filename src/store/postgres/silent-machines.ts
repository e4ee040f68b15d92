import { sql } from 'kysely'
import type { Db } from '../tables.ts'

/** How many machines of a Citus cluster do not answer the one that we are connected to. */
export async function silentMachines(db: Db): Promise<number> {
  const { rows } = await sql<{ silent: number }>`
    select count(*) as silent from run_command_on_workers('select 1') where not success`.execute(db)
  return rows[0]!.silent
}
