/** The writes of a copy: rows as they are, into any table. */
import type { Kysely } from 'kysely'
import { engineOf } from '../engines.ts'
import type { Db } from '../tables.ts'

export interface RowsOfTable {
  table: string
  rows: Record<string, unknown>[]
}

export async function insertRows(db: Db, { table, rows }: RowsOfTable): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0]!).length
  const rowsPerStatement = Math.floor(engineOf(db).maxValues / columns)
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    await (db as unknown as Kysely<Record<string, Record<string, unknown>>>)
      .insertInto(table)
      .values(rows.slice(start, start + rowsPerStatement))
      .execute()
  }
}

/** Brings up to date what the engine keeps beside the tables, such as sequences, once they are filled. */
export async function finishFilling(db: Db, _nothing: object): Promise<void> {
  await engineOf(db).finishFilling(db)
}
