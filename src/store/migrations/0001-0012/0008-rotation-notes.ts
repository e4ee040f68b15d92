import type { Kysely } from 'kysely'

/** Warnings from planning a rotation, as a JSON array; null for rotations planned by an older version. */
export async function rotationNotes(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('rotation').addColumn('warnings', 'text').execute()
}
