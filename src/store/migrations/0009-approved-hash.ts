import type { Kysely } from 'kysely'

/**
 * Which plan was approved, not only that one was. And no token runs a rotation any more: the service calls itself in
 * the name of the administrator.
 */
export async function approvedHash(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('rotation').addColumn('approved_hash', 'text').execute()
  await db.schema.alterTable('token').dropColumn('rotation_id').execute()
}
