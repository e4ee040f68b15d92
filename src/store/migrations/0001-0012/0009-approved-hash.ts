import type { Kysely } from 'kysely'

/**
 * The hash of the approved plan, not only the fact of its approval. Tokens for running rotations go: the service now
 * calls itself on behalf of the administrator.
 */
export async function approvedHash(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('rotation').addColumn('approved_hash', 'text').execute()
  await db.schema.alterTable('token').dropColumn('rotation_id').execute()
}
