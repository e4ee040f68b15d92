import { type Kysely, sql } from 'kysely'
import type { Engine } from '../../engines.ts'

/**
 * Messages are stored as data (stored-message.ts). The English sentences of older rows stay as they are, and are shown
 * as they are: a plan's hash and a journal cover them. Only a text that could be taken for JSON is quoted.
 */
export async function messages(db: Kysely<unknown>, { name }: Engine): Promise<void> {
  await db.schema.alterTable('rotation').renameColumn('stopped_because', 'stop_reason').execute()
  for (const [table, column] of [
    ['rotation', 'stop_reason'],
    ['rotation_item', 'reason'],
    ['delivery', 'last_error'],
  ] as const) {
    const text = sql.ref(column)
    const quoted = name === 'sqlite' ? sql`json_quote(${text})` : sql`to_json(${text})::text`
    await sql`update ${sql.table(table)} set ${text} = ${quoted}
      where ${text} like '{%' or ${text} like '"%'`.execute(db)
  }
}
