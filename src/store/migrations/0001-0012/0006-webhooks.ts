import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { Engine } from '../../engines.ts'

/** Webhooks, the outbox of changes they must be notified of, and the deliveries with their results. */
export async function webhooks(db: Kysely<unknown>, { bigint, clustered }: Engine): Promise<void> {
  await db.schema
    .alterTable('site')
    .addColumn('announces', 'integer', column => column.notNull().defaultTo(0))
    .execute()

  await db.schema
    .createTable('webhook')
    .addColumn('webhook_id', 'text', column => column.primaryKey())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('target_url', 'text', column => column.notNull())
    .addColumn('resource', 'text', column => column.notNull())
    .addColumn('event', 'text', column => column.notNull())
    .addColumn('filter', 'text')
    .addColumn('secret', 'text')
    .addColumn('owned_by', 'text')
    .addColumn('sites', 'text')
    .addColumn('active', 'integer', column => column.notNull())
    .addColumn('created_at', bigint, column => column.notNull())
    .$call(foundByKey)
    .execute()

  await db.schema
    .createTable('outbox')
    .addColumn('site_id', 'integer', column => column.notNull())
    .addColumn('batch', bigint, column => column.notNull())
    .addPrimaryKeyConstraint('outbox_key', ['site_id', 'batch'])
    .$call(foundByKey)
    .execute()

  await db.schema
    .createTable('delivery')
    .addColumn('site_id', 'integer', column => column.notNull())
    .addColumn('delivery_id', 'text', column => column.notNull())
    .addColumn('webhook_id', 'text', column => column.notNull())
    .addColumn('batch', bigint, column => column.notNull())
    .addColumn('people', 'text', column => column.notNull())
    .addColumn('first_at', bigint, column => column.notNull())
    .addColumn('attempts', 'integer', column => column.notNull())
    .addColumn('next_at', bigint)
    .addColumn('delivered_at', bigint)
    .addColumn('last_error', 'text')
    .addPrimaryKeyConstraint('delivery_key', ['site_id', 'delivery_id'])
    .$call(foundByKey)
    .execute()
  await db.schema
    .createIndex('delivery_due')
    .on('delivery')
    .columns(['next_at', 'delivery_id'])
    .where(sql.ref('next_at'), 'is not', null)
    .execute()
  await db.schema.createIndex('delivery_of_webhook').on('delivery').columns(['webhook_id', 'delivery_id']).execute()

  function foundByKey<Table extends string, Column extends string>(table: CreateTableBuilder<Table, Column>) {
    return clustered === '' ? table : table.modifyEnd(sql.raw(clustered))
  }
}
