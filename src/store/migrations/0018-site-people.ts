import { type Kysely, sql } from 'kysely'

/**
 * The count of a site's people moves out of `site`, which every machine of a cluster has a copy of, into a table by
 * site: adding a person then concerns one machine, and not all of them behind one lock.
 */
export async function sitePeople(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('site_people')
    .addColumn('site_id', 'integer', column => column.primaryKey())
    .addColumn('last_person', 'integer', column => column.notNull())
    .execute()
  await sql`insert into site_people (site_id, last_person) select site_id, last_person from site`.execute(db)
  await db.schema.alterTable('site').dropColumn('last_person').execute()
}
