import { sql } from 'kysely'
import { batchFunctions } from '../postgres/batch-function.ts'
import type { Store } from '../store.ts'
import { StoreError } from '../store-error.ts'

/**
 * The statements that spread a database over the machines of a Citus cluster by site: every table that carries
 * `site_id` in its key, side by side, so that all of a site's rows are on one machine; the sites themselves and the
 * tokens, which every call reads, on each of them; and the batch as a function that runs where the site is.
 */
export async function distributionOf(store: Store): Promise<string[]> {
  refuseOther(store)
  const tables = (await store.db.introspection.getTables()).filter(
    ({ name }) => name !== 'site' && name !== 'call_count',
  )
  const bySite = (table: (typeof tables)[number]) => table.columns.some(({ name }) => name === 'site_id')
  const distributed = tables.filter(bySite).map(({ name }) => name)
  const everywhere = tables.filter(table => !bySite(table)).map(({ name }) => name)
  const first = 'person'
  const functions = Object.values(batchFunctions)

  return [
    'create extension if not exists citus',
    ...['site', ...everywhere].map(table => `select create_reference_table('${table}')`),
    `select create_distributed_table('${first}', 'site_id')`,
    ...distributed
      .filter(table => table !== first)
      .map(table => `select create_distributed_table('${table}', 'site_id', colocate_with => '${first}')`),
    ...functions.map(({ create }) => create.trim()),
    ...functions.map(
      ({ signature }) => `select create_distributed_function('${signature}', '$1', colocate_with => '${first}')`,
    ),
  ]
}

/** Spreads the database over the cluster. @throws StoreError where there is none. */
export async function distribute(store: Store): Promise<void> {
  refuseOther(store)
  const { rows } = await sql`select 1 from pg_available_extensions where name = 'citus'`.execute(store.db)
  if (rows.length === 0) {
    throw new StoreError(
      `${store.place} has no Citus extension, and one PostgreSQL needs none; to spread it over several machines, install Citus on all of them first (docs/scale.md).`,
    )
  }
  for (const statement of await distributionOf(store)) await sql.raw(statement).execute(store.db)
}

function refuseOther({ engine, place }: Store): void {
  if (engine === 'postgres') return
  throw new StoreError(`${place} is SQLite, which lives on one machine; name a PostgreSQL with --database.`)
}
