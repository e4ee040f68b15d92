import type { Kysely } from 'kysely'

/** Whether a list of people that has lost many is to be believed, asked for while another process reads it. */
export async function syncWishes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('site_sync')
    .addColumn('accept_shrink', 'integer', column => column.notNull().defaultTo(0))
    .execute()
}
