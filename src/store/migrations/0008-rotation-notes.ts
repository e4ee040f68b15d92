import type { Kysely } from 'kysely'

/** What was noted when a rotation was planned, as a JSON array of sentences; null where an older version planned it. */
export async function rotationNotes(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('rotation').addColumn('warnings', 'text').execute()
}
