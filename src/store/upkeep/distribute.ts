import { sql } from 'kysely'
import { batchFunctions } from '../postgres/batch-function.ts'
import type { Store } from '../store.ts'
import { StoreError } from '../store-error.ts'

/**
 * The statements that still have to run to distribute a database over the machines of a Citus cluster by site: every table
 * that carries `site_id` in each of its unique keys is distributed and co-located, so that all of a site's rows are on one machine;
 * the few others, such as sites and tokens, which every call reads, are replicated to each machine; and the batch
 * becomes a function that runs where the site is. Tables that are distributed already are left out, so that it can be
 * repeated: after it broke off, and after an upgrade that added a table or changed the functions.
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
  const done = await distributedTables(store)
  const missing = tables.filter(({ name }) => !done.has(name))
  const bySite = missing.flatMap(table => (table.bySite ? [table.name] : []))
  const everywhere = missing.flatMap(table => (table.bySite ? [] : [table.name]))
  const first = 'person'
  const functions = Object.values(batchFunctions)

  return [
    'create extension if not exists citus',
    ...everywhere.map(table => `select create_reference_table('${table}')`),
    ...(done.has(first) ? [] : [`select create_distributed_table('${first}', 'site_id')`]),
    ...bySite
      .filter(table => table !== first)
      .map(table => `select create_distributed_table('${table}', 'site_id', colocate_with => '${first}')`),
    ...functions.map(({ create }) => create.trim()),
    ...functions.map(
      ({ signature }) => `select create_distributed_function('${signature}', '$1', colocate_with => '${first}')`,
    ),
  ]
}

/** The tables that Citus has distributed or replicated; none where it is not there. */
async function distributedTables(store: Store): Promise<ReadonlySet<string>> {
  const { rows: catalogs } = await sql<{ there: boolean }>`
    select to_regclass('pg_dist_partition') is not null as there`.execute(store.db)
  if (!catalogs[0]!.there) return new Set()
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_dist_partition join pg_class t on t.oid = logicalrelid
    where relnamespace = current_schema()::regnamespace`.execute(store.db)
  return new Set(rows.map(({ name }) => name))
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
