import type { Kysely } from 'kysely'

/** When each room of a plan was read, and what a run found or drew instead of what was planned. */
export async function looks(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('rotation').addColumn('fresh_ms', 'bigint').execute()
  await db.schema
    .alterTable('rotation')
    .addColumn('overwrite_changed', 'integer', column => column.notNull().defaultTo(0))
    .execute()
  for (const [name, type] of [
    ['read_at', 'bigint'],
    ['planned_old_id', 'text'],
    ['earlier_new_ids', 'text'],
  ] as const) {
    await db.schema.alterTable('rotation_item').addColumn(name, type).execute()
  }
}
