import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { Engine } from '../engines.ts'

/** Sites whose rooms another system has: what was read of them, when, and how far the reading has come. */
export async function mirror(db: Kysely<unknown>, { bigint, clustered }: Engine): Promise<void> {
  await db.schema
    .alterTable('site')
    .addColumn('record_holder', 'text', column => column.notNull().defaultTo('held'))
    .execute()
  await db.schema.alterTable('site').addColumn('target', 'text').execute()
  await db.schema.alterTable('site').addColumn('profile', 'text').execute()

  await db.schema.alterTable('claim').addColumn('origin', 'text').execute()

  for (const [name, type] of [
    ['seen_at', bigint],
    ['listed_id', 'text'],
    ['listed_round', 'integer'],
    ['listed_host', 'integer'],
    ['read_place', bigint],
    ['read_due', bigint],
    ['unread_reason', 'text'],
  ] as const) {
    await db.schema.alterTable('person').addColumn(name, type).execute()
  }
  // Only people of mirrored sites are in these two.
  for (const column of ['read_place', 'read_due']) {
    await db.schema
      .createIndex(`person_${column}`)
      .on('person')
      .columns(['site_id', column, 'person'])
      .where(sql.ref(column), 'is not', null)
      .execute()
  }

  await db.schema
    .createTable('site_sync')
    .addColumn('site_id', 'integer', column => column.notNull())
    .addColumn('round', 'integer', column => column.notNull())
    .addColumn('phase', 'text', column => column.notNull())
    .addColumn('list_next', 'text')
    .addColumn('listed', 'integer', column => column.notNull())
    .addColumn('odd_entries', 'integer', column => column.notNull())
    .addColumn('known', 'integer', column => column.notNull())
    .addColumn('list_ended_at', bigint)
    .addColumn('missing', 'integer', column => column.notNull())
    .addColumn('pass_began_at', bigint)
    .addColumn('pass_ended_at', bigint)
    .addColumn('last_read_at', bigint)
    .addColumn('wanted', 'integer', column => column.notNull())
    .addColumn('owner', 'text')
    .addColumn('lease_until', bigint)
    .addColumn('rooms_per_minute', 'integer')
    .addColumn('stop_reason', 'text')
    .addPrimaryKeyConstraint('site_sync_key', ['site_id'])
    .$call(foundByKey)
    .execute()

  function foundByKey<Table extends string, Column extends string>(table: CreateTableBuilder<Table, Column>) {
    return clustered === '' ? table : table.modifyEnd(sql.raw(clustered))
  }
}
