import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { Engine } from '../engines.ts'

/** The meetings of the hosts of a rotation, as they were read at its target, and how far reading has come. */
export async function affectedMeetings(db: Kysely<unknown>, { bigint, clustered }: Engine): Promise<void> {
  await db.schema
    .createTable('meeting_reading')
    .addColumn('site_id', 'integer', column => column.notNull())
    .addColumn('rotation', 'integer', column => column.notNull())
    .addColumn('number', 'integer', column => column.notNull())
    .addColumn('read_at', bigint, column => column.notNull())
    .addColumn('until', bigint, column => column.notNull())
    .addColumn('changed', 'integer', column => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('occurrences', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('meeting_reading_key', ['site_id', 'rotation', 'number'])
    .$call(foundByKey)
    .execute()
  await db.schema
    .createIndex('meeting_reading_order')
    .on('meeting_reading')
    .columns(['site_id', 'rotation', 'occurrences', 'number'])
    .execute()
  await db.schema.createIndex('meeting_reading_age').on('meeting_reading').columns(['read_at']).execute()

  await db.schema
    .createTable('affected_meeting')
    .addColumn('site_id', 'integer', column => column.notNull())
    .addColumn('rotation', 'integer', column => column.notNull())
    .addColumn('number', 'integer', column => column.notNull())
    .addColumn('series_id', 'text', column => column.notNull())
    .addColumn('title', 'text', column => column.notNull())
    .addColumn('first_at', bigint, column => column.notNull())
    .addColumn('last_at', bigint, column => column.notNull())
    .addColumn('occurrences', 'integer', column => column.notNull())
    .addColumn('link_id', 'text')
    .addColumn('seen_before', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('affected_meeting_key', ['site_id', 'rotation', 'number', 'series_id'])
    .$call(foundByKey)
    .execute()

  function foundByKey<Table extends string, Column extends string>(table: CreateTableBuilder<Table, Column>) {
    return clustered === '' ? table : table.modifyEnd(sql.raw(clustered))
  }
}
