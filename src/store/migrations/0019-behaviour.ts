import type { Kysely } from 'kysely'

/** What a rotation relies on of its target, as it was planned: JSON; null for rotations planned by an older version. */
export async function behaviour(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('rotation').addColumn('behaviour', 'text').execute()
}
