import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Engine } from '../../engines.ts'

/** Console sessions, by the hash of the secret in the browser's cookie. */
export async function sessions(db: Kysely<unknown>, { bigint, clustered }: Engine): Promise<void> {
  const table = db.schema
    .createTable('session')
    .addColumn('hash', 'text', column => column.primaryKey())
    .addColumn('token_id', 'text', column => column.notNull())
    .addColumn('created_at', bigint, column => column.notNull())
    .addColumn('expires_at', bigint, column => column.notNull())
  await (clustered === '' ? table : table.modifyEnd(sql.raw(clustered))).execute()
}
