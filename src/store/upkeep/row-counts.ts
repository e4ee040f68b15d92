import type { Db } from '../tables.ts'

const counted = ['site', 'person', 'claim', 'batch'] as const

/** The row counts that describe the size of a database. */
export async function rowCounts(db: Db): Promise<Record<(typeof counted)[number], number>> {
  const counts = { site: 0, person: 0, claim: 0, batch: 0 }
  for (const table of counted) {
    const { rows } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow()
    counts[table] = rows
  }
  return counts
}
