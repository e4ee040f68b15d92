import type { Kysely } from 'kysely'

/** The verification of a rotation that is under way, so that one whose process dies is gone on with. */
export async function verifications(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('rotation').addColumn('verify_began_at', 'bigint').execute()
}
