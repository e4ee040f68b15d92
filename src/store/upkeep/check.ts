import { sql } from 'kysely'
import type { Store } from '../store.ts'
import type { Db } from '../tables.ts'
import { type Invariant, invariants } from './invariants.ts'
import { inSnapshot } from './snapshot.ts'

export interface Finding {
  /** What should hold, as a sentence. */
  holds: string
  /** In how many places it does not: 0 where all is well. */
  broken: number
  /** The first of them, by name. */
  examples: string[]
}

const mostExamples = 20

/** Looks for every row in which something that must hold does not, at one moment in time, one finding per invariant. */
export async function* checkDatabase({ db, engine }: Store): AsyncGenerator<Finding> {
  if (engine === 'sqlite') yield await checkFile(db)
  yield* inSnapshot(db, async function* (snapshot) {
    for (const invariant of invariants) yield await check(snapshot, invariant)
  })
}

async function check(db: Db, { holds, broken }: Invariant): Promise<Finding> {
  const { rows } = await sql<{ what: string; places: number }>`
    select what, count(*) over () as places from (${sql.raw(broken)}) found limit ${mostExamples}`.execute(db)
  return { holds, broken: rows[0]?.places ?? 0, examples: rows.map(({ what }) => what) }
}

/** SQLite's own look at every page. (Its longer look, which reads the tables once for each index, takes seven times as long.) */
async function checkFile(db: Db): Promise<Finding> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(${sql.lit(mostExamples)})`.execute(db)
  const examples = rows.map(row => row.quick_check).filter(line => line !== 'ok')
  return { holds: 'The file is whole, page by page.', broken: examples.length, examples }
}
