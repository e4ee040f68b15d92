import type { Kysely } from 'kysely'

/** How often each room was tried, how many calls a plan takes at most, and the wish to stop a run. */
export async function rotationBounds(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('rotation_item')
    .addColumn('tries', 'integer', column => column.notNull().defaultTo(0))
    .execute()
  await db.schema.alterTable('rotation').addColumn('max_calls', 'bigint').execute()
  await db.schema.alterTable('rotation').addColumn('stop_asked_at', 'bigint').execute()
}
