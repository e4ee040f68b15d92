import { sql } from 'kysely'
import { batchFunctions } from '../postgres/batch-function.ts'
import type { Store } from '../store.ts'
import { StoreError } from '../store-error.ts'

/**
 * The statements that distribute a database over the machines of a Citus cluster by site: every table that carries
 * `site_id` in each of its unique keys is distributed and co-located, so that all of a site's rows are on one machine;
 * the few others, such as sites and tokens, which every call reads, are replicated to each machine; and the batch
 * becomes a function that runs where the site is.
 */
export async function distributionOf(store: Store): Promise<string[]> {
  refuseOther(store)
  const { rows: tables } = await sql<{ name: string; bySite: boolean }>`
    select relname as name, (
      select bool_and(exists (
        select from pg_attribute a where a.attrelid = indrelid and a.attnum = any (indkey) and a.attname = 'site_id'
      )) from pg_index where indrelid = t.oid and indisunique
    ) as "bySite"
    from pg_class t
    where relkind = 'r' and relpersistence = 'p' and relnamespace = current_schema()::regnamespace
      and relname not like 'kysely%'
    order by relname`.execute(store.db)
  const distributed = tables.filter(({ bySite }) => bySite).map(({ name }) => name)
  const everywhere = tables.filter(({ bySite }) => !bySite).map(({ name }) => name)
  const first = 'person'
  const functions = Object.values(batchFunctions)

  return [
    'create extension if not exists citus',
    ...everywhere.map(table => `select create_reference_table('${table}')`),
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

/** Distributes the database over the cluster. @throws StoreError where there is none. */
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
