import { type Kysely, sql } from 'kysely'

/** Who made a token, whether it came from the environment, and whether a plan needs a second administrator's consent. */
export async function madeBy(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('token').addColumn('made_by', 'text').execute()
  await db.schema
    .alterTable('token')
    .addColumn('from_environment', 'integer', column => column.notNull().defaultTo(0))
    .execute()
  await db.schema.createIndex('token_maker').on('token').columns(['made_by']).execute()
  await db.schema
    .alterTable('rotation')
    .addColumn('approval_needed', 'integer', column => column.notNull().defaultTo(0))
    .execute()
  await sql`
    update rotation set approval_needed = 1
    where started_at is null and site_id in (
      select rotated.site_id from rotated_site as rotated join site as s on s.url_key = rotated.url_key
      where s.needs_approval = 1)`.execute(db)
}
