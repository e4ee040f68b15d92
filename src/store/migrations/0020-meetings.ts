import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { Engine } from '../engines.ts'

/** Meetings in personal rooms, and who is invited to them. */
export async function meetings(db: Kysely<unknown>, { bigint, clustered }: Engine): Promise<void> {
  await db.schema
    .createTable('meeting')
    .addColumn('site_id', 'integer', column => column.notNull())
    .addColumn('meeting_id', 'text', column => column.notNull())
    .addColumn('person', 'integer', column => column.notNull())
    .addColumn('title', 'text', column => column.notNull())
    .addColumn('agenda', 'text')
    .addColumn('timezone', 'text', column => column.notNull())
    .addColumn('starts_at', bigint, column => column.notNull())
    .addColumn('ends_at', bigint, column => column.notNull())
    .addColumn('recurrence', 'text')
    .addColumn('exceptions', 'text', column => column.notNull())
    .addColumn('last_end', bigint)
    .addColumn('created_at', bigint, column => column.notNull())
    .addPrimaryKeyConstraint('meeting_key', ['site_id', 'meeting_id'])
    .$call(foundByKey)
    .execute()
  await db.schema.createIndex('meeting_of_host').on('meeting').columns(['site_id', 'person', 'created_at']).execute()
  await db.schema
    .createIndex('meeting_over')
    .on('meeting')
    .columns(['last_end'])
    .where(sql.ref('last_end'), 'is not', null)
    .execute()

  await db.schema
    .createTable('meeting_invitee')
    .addColumn('site_id', 'integer', column => column.notNull())
    .addColumn('email_key', 'text', column => column.notNull())
    .addColumn('meeting_id', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('meeting_invitee_key', ['site_id', 'email_key', 'meeting_id'])
    .$call(foundByKey)
    .execute()
  await db.schema.createIndex('invitee_of_meeting').on('meeting_invitee').columns(['site_id', 'meeting_id']).execute()

  function foundByKey<Table extends string, Column extends string>(table: CreateTableBuilder<Table, Column>) {
    return clustered === '' ? table : table.modifyEnd(sql.raw(clustered))
  }
}
