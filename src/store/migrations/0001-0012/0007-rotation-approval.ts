import type { Kysely } from 'kysely'
import type { Engine } from '../../engines.ts'

/** Who planned a rotation and who approved it, for sites that require a second administrator. */
export async function rotationApproval(db: Kysely<unknown>, { bigint }: Engine): Promise<void> {
  await db.schema
    .alterTable('site')
    .addColumn('needs_approval', 'integer', column => column.notNull().defaultTo(0))
    .execute()
  await db.schema.alterTable('rotation').addColumn('planned_by', 'text').execute()
  await db.schema.alterTable('rotation').addColumn('approved_by', 'text').execute()
  await db.schema.alterTable('rotation').addColumn('approved_at', bigint).execute()
  await db.schema.alterTable('token').addColumn('rotation_id', 'text').execute()
}
