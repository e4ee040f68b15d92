import { type Kysely, sql } from 'kysely'
import type { Engine } from '../../engines.ts'

/** By what age rows are found that are no longer needed, and by which webhook those that are still to be sent. */
export async function ages(db: Kysely<unknown>, _engine: Engine): Promise<void> {
  await db.schema.createIndex('idempotent_answer_age').on('idempotent_answer').columns(['at']).execute()
  await db.schema.createIndex('session_end').on('session').columns(['expires_at']).execute()
  await db.schema.dropIndex('delivery_due').execute()
  await db.schema
    .createIndex('delivery_waiting')
    .on('delivery')
    .columns(['webhook_id', 'next_at'])
    .where(sql.ref('next_at'), 'is not', null)
    .execute()
  await db.schema
    .createIndex('delivery_done')
    .on('delivery')
    .columns(['delivered_at'])
    .where(sql.ref('delivered_at'), 'is not', null)
    .execute()
  await sql`create index delivery_kept on delivery (first_at) where next_at is null and delivered_at is null`.execute(
    db,
  )
}
