import type { Kysely } from 'kysely'

/** Plans that can be gone on with, with what they were asked for and how far they are. */
export async function drafts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('rotation')
    .addColumn('resumable', 'integer', column => column.notNull().defaultTo(0))
    .execute()
  await db.schema.alterTable('rotation_item').addColumn('listed', 'text').execute()
  await db.schema
    .createTable('rotation_draft')
    .addColumn('site_id', 'integer', column => column.notNull())
    .addColumn('rotation', 'integer', column => column.notNull())
    .addColumn('request', 'text', column => column.notNull())
    .addColumn('progress', 'text')
    .addPrimaryKeyConstraint('rotation_draft_key', ['site_id', 'rotation'])
    .execute()
}
