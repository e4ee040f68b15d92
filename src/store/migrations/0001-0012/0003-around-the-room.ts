import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { Engine } from '../../engines.ts'

/** Conditions that few people meet and that lists are filtered by. */
const rareMarks = [
  ['attendee', 'host', 0],
  ['suspended', 'suspended', 1],
  ['pinned', 'pinned', 1],
] as const

/** What surrounds rooms: names to search by, preferences of people and sites, and the audit log. */
export async function aroundTheRoom(db: Kysely<unknown>, { bigint, clustered }: Engine): Promise<void> {
  await db.schema
    .createTable('person_name')
    .addColumn('site_id', 'integer', column => column.notNull())
    .addColumn('phrase', 'text', column => column.notNull())
    .addColumn('person', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('person_name_key', ['site_id', 'phrase', 'person'])
    .$call(foundByKey)
    .execute()

  await db.schema
    .createTable('preference')
    .addColumn('site_id', 'integer', column => column.notNull())
    .addColumn('person', 'integer', column => column.notNull())
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('value', 'text', column => column.notNull())
    .addColumn('pin_hash', 'text')
    .addPrimaryKeyConstraint('preference_key', ['site_id', 'person', 'kind'])
    .$call(foundByKey)
    .execute()

  await db.schema
    .createTable('default_site')
    .addColumn('email_key', 'text', column => column.primaryKey())
    .addColumn('chosen_site', 'integer', column => column.notNull())
    .$call(foundByKey)
    .execute()

  await db.schema.alterTable('site').addColumn('common_settings', 'text').execute()
  await db.schema.alterTable('batch').addColumn('people', 'text').execute()
  await db.schema.createIndex('batch_at').on('batch').columns(['site_id', 'at', 'batch']).execute()

  for (const [name, column, value] of rareMarks) {
    await db.schema
      .createIndex(`person_${name}`)
      .on('person')
      .columns(['site_id', 'person'])
      .where(sql.ref(column), '=', sql.lit(value))
      .execute()
  }
  await db.schema
    .createIndex('person_department')
    .on('person')
    .columns(['site_id', 'department', 'person'])
    .where(sql.ref('department'), 'is not', null)
    .execute()

  await db.schema
    .createTable('audit_event')
    .addColumn('site_id', 'integer', column => column.notNull())
    .addColumn('event_id', 'text', column => column.notNull())
    .addColumn('at', bigint, column => column.notNull())
    .addColumn('token_id', 'text', column => column.notNull())
    .addColumn('tracking_id', 'text', column => column.notNull())
    .addColumn('action', 'text', column => column.notNull())
    .addColumn('subject', 'text')
    .addColumn('detail', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('audit_event_key', ['site_id', 'event_id'])
    .$call(foundByKey)
    .execute()

  function foundByKey<Table extends string, Column extends string>(table: CreateTableBuilder<Table, Column>) {
    return clustered === '' ? table : table.modifyEnd(sql.raw(clustered))
  }
}
