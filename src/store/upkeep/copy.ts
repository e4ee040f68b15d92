import type { Kysely } from 'kysely'
import { inSnapshot } from '../read-snapshot.ts'
import type { Store } from '../store.ts'
import { StoreError } from '../store-error.ts'

/** How many rows are in transit at a time. */
const slice = 5000

export interface CopiedTable {
  table: string
  rows: number
}

type AnyTables = Record<string, Record<string, unknown>>

/**
 * Copies the whole database into an empty one, of either engine, as it is at one moment; only a few rows are in memory
 * at a time. Reports progress after each slice. A copy that is interrupted leaves a target that is not empty, so it can
 * neither be mistaken for a complete one nor be resumed (copy-into.ts removes it).
 *
 * @throws StoreError when the target holds anything.
 */
export async function copyDatabase(
  from: Store,
  to: Store,
  onProgress: (progress: CopiedTable) => void,
): Promise<CopiedTable[]> {
  const tables = await commonTables(from, to)
  await refuseUnlessEmpty(to, tables)

  const copied = new Map(tables.map(table => [table, 0]))
  for await (const { table, rows } of slices(from, tables)) {
    await to.write('insertRows', { table, rows })
    copied.set(table, copied.get(table)! + rows.length)
    onProgress({ table, rows: copied.get(table)! })
  }
  await to.write('finishFilling', {})
  return [...copied].map(([table, rows]) => ({ table, rows }))
}

/** @throws StoreError where one of the tables, or of all that there are, holds anything. */
export async function refuseUnlessEmpty(store: Store, tables?: string[]): Promise<void> {
  for (const table of tables ?? (await tableNames(store))) {
    if (await anyRow(store, table)) {
      throw new StoreError(`${store.place} is not empty (${table}); copy into a new database.`)
    }
  }
}

/** The tables to copy. A table that only one engine has stays out of it. */
async function commonTables(from: Store, to: Store): Promise<string[]> {
  const [ours, theirs] = await Promise.all([tableNames(from), tableNames(to)])
  return ours.filter(name => theirs.includes(name))
}

async function tableNames({ db }: Store): Promise<string[]> {
  const tables = await db.introspection.getTables()
  return tables.flatMap(({ name, isView }) => (isView ? [] : [name])).sort()
}

async function anyRow(store: Store, table: string): Promise<boolean> {
  const row = await untyped(store.db).selectFrom(table).selectAll().limit(1).executeTakeFirst()
  return row !== undefined
}

async function* slices(
  from: Store,
  tables: string[],
): AsyncGenerator<{ table: string; rows: Record<string, unknown>[] }> {
  yield* inSnapshot(from.db, async function* (snapshot) {
    for (const table of tables) {
      let rows: Record<string, unknown>[] = []
      for await (const row of untyped(snapshot).selectFrom(table).selectAll().stream(slice)) {
        rows.push(row)
        if (rows.length < slice) continue
        yield { table, rows }
        rows = []
      }
      if (rows.length > 0) yield { table, rows }
    }
  })
}

/** Tables by names that are only known at run time. */
function untyped(db: Store['db']): Kysely<AnyTables> {
  return db as unknown as Kysely<AnyTables>
}
