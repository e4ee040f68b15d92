import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { Engine } from '../../engines.ts'

/** Sites, people, claims on IDs, tokens, and stored answers for idempotency keys. */
export async function rooms(db: Kysely<unknown>, { bigint, clustered }: Engine): Promise<void> {
  await db.schema
    .createTable('site')
    .addColumn('site_id', 'integer', column => column.primaryKey())
    .addColumn('url', 'text', column => column.notNull())
    .addColumn('url_key', 'text', column => column.notNull().unique())
    .addColumn('generation_method', 'text', column => column.notNull())
    .addColumn('id_prefix', 'text', column => column.notNull())
    .addColumn('id_length', 'integer', column => column.notNull())
    .addColumn('quarantine_days', 'integer', column => column.notNull())
    .addColumn('allow_custom_url', 'integer', column => column.notNull().defaultTo(1))
    .addColumn('minimum_strength', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('moved_page', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('lock_token_id', 'text')
    .addColumn('lock_until', bigint)
    .addColumn('last_person', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('created_at', bigint, column => column.notNull())
    .execute()

  await db.schema
    .createTable('person')
    .addColumn('site_id', 'integer', column => column.notNull())
    .addColumn('person', 'integer', column => column.notNull())
    .addColumn('person_id', 'text', column => column.notNull())
    .addColumn('email', 'text', column => column.notNull())
    .addColumn('email_key', 'text')
    .addColumn('first_name', 'text', column => column.notNull())
    .addColumn('last_name', 'text', column => column.notNull())
    .addColumn('display_name', 'text', column => column.notNull())
    .addColumn('username', 'text')
    .addColumn('department', 'text')
    .addColumn('host', 'integer', column => column.notNull())
    .addColumn('suspended', 'integer', column => column.notNull())
    .addColumn('pinned', 'integer', column => column.notNull())
    .addColumn('created_at', bigint, column => column.notNull())
    .addPrimaryKeyConstraint('person_key', ['site_id', 'person'])
    .addUniqueConstraint('person_email', ['site_id', 'email_key'])
    .addUniqueConstraint('person_person_id', ['site_id', 'person_id'])
    .$call(foundByKey)
    .execute()

  await db.schema
    .createTable('claim')
    .addColumn('site_id', 'integer', column => column.notNull())
    .addColumn('person', 'integer', column => column.notNull())
    .addColumn('number', 'integer', column => column.notNull())
    .addColumn('id', 'text')
    .addColumn('key', 'text')
    .addColumn('tenure', 'integer', column => column.notNull())
    .addColumn('batch', bigint, column => column.notNull())
    .addColumn('at', bigint, column => column.notNull())
    .addPrimaryKeyConstraint('claim_of_person', ['site_id', 'person', 'number'])
    .addUniqueConstraint('claim_on_key', ['site_id', 'key', 'tenure'])
    .$call(foundByKey)
    .execute()

  await db.schema
    .createTable('batch')
    .addColumn('site_id', 'integer', column => column.notNull())
    .addColumn('batch', bigint, column => column.notNull())
    .addColumn('at', bigint, column => column.notNull())
    .addColumn('token_id', 'text', column => column.notNull())
    .addColumn('tracking_id', 'text', column => column.notNull())
    .addColumn('rotation_id', 'text')
    .addPrimaryKeyConstraint('batch_key', ['site_id', 'batch'])
    .$call(foundByKey)
    .execute()

  await db.schema
    .createTable('idempotent_answer')
    .addColumn('site_id', 'integer', column => column.notNull())
    .addColumn('token_id', 'text', column => column.notNull())
    .addColumn('key', 'text', column => column.notNull())
    .addColumn('request_digest', 'text', column => column.notNull())
    .addColumn('outcome', 'text', column => column.notNull())
    .addColumn('at', bigint, column => column.notNull())
    .addPrimaryKeyConstraint('idempotent_answer_key', ['site_id', 'token_id', 'key'])
    .$call(foundByKey)
    .execute()

  await db.schema
    .createTable('token')
    .addColumn('token_id', 'text', column => column.primaryKey())
    .addColumn('hash', 'text', column => column.notNull().unique())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('role', 'text', column => column.notNull())
    .addColumn('scopes', 'text', column => column.notNull())
    .addColumn('sites', 'text')
    .addColumn('email_key', 'text')
    .addColumn('created_at', bigint, column => column.notNull())
    .addColumn('expires_at', bigint)
    .addColumn('revoked_at', bigint)
    .execute()

  function foundByKey<Table extends string, Column extends string>(table: CreateTableBuilder<Table, Column>) {
    return clustered === '' ? table : table.modifyEnd(sql.raw(clustered))
  }
}
