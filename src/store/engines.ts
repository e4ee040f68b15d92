/**
 * Everything that differs between SQLite and PostgreSQL for queries and migrations that run on both, in one table. What
 * one of them alone can do, such as checking its file or spreading over a cluster, asks for the engine by its name.
 */
import { type Kysely, type KyselyPlugin, PostgresAdapter, sql } from 'kysely'
import { BinaryText } from './postgres/binary-text.ts'
import type { Db, Tables } from './tables.ts'

export type EngineName = 'sqlite' | 'postgres'

export interface Engine {
  name: EngineName
  /** A whole number up to 2^53. */
  bigint: 'integer' | 'bigint'
  /** The clause after a table whose rows are found by primary key alone. */
  clustered: '' | 'without rowid'
  /** The most parameters that one statement may carry. */
  maxValues: number
  /**
   * The clause after a table that is to be read by this index. PostgreSQL has statistics and chooses well by itself.
   */
  readBy(index: string): string
  /** Takes the number of a site's next batch, inside the transaction that will insert it. */
  nextBatch(db: Db, siteId: number): Promise<number>
  /** Has others who lock one of these sites wait for the end of this transaction. Reads and batches do not wait. */
  lockSites(db: Db, siteIds: number[]): Promise<void>
  /** Makes a transaction that has read nothing yet see the database as it is at one moment. */
  freeze(transaction: Db): Promise<void>
  /** What rewrites the statements of migrations. */
  migrationPlugins: KyselyPlugin[]
  /** Whether each migration opens its own transaction; on SQLite the caller has opened one for all of them. */
  migratesInTransactions: boolean
  /**
   * Gives the planner statistics of a table whose rows were written a moment ago. Without them, PostgreSQL expects one
   * row, and a join of the table with itself compares every row with every other. SQLite has no such figures to miss.
   */
  analyze(db: Db, table: keyof Tables & string): Promise<void>
  /** Brings sequences up to date after rows were inserted with numbers of their own. */
  finishFilling(db: Db): Promise<void>
}

export const engines: Record<EngineName, Engine> = {
  sqlite: {
    name: 'sqlite',
    bigint: 'integer',
    clustered: 'without rowid',
    maxValues: 32_766,
    readBy: index => ` indexed by ${index}`,
    // There is one writer at a time, so the highest number stays the highest until the commit.
    async nextBatch(db, siteId) {
      const { last } = await db
        .selectFrom('batch')
        .select(({ fn }) => fn.max('batch').as('last'))
        .where('site_id', '=', siteId)
        .executeTakeFirstOrThrow()
      return Number(last ?? 0) + 1
    },
    // Whoever writes is alone.
    async lockSites() {},
    // A transaction reads from one moment on, its first query.
    async freeze() {},
    migrationPlugins: [],
    migratesInTransactions: false,
    async analyze() {},
    async finishFilling() {},
  },
  postgres: {
    name: 'postgres',
    bigint: 'bigint',
    clustered: '',
    maxValues: 65_535,
    readBy: () => '',
    // Batches of one site run concurrently: a sequence never gives two of them the same number.
    async nextBatch(db) {
      const drawn = await sql<{ batch: number }>`select nextval('batch_number') as batch`.execute(db)
      return drawn.rows[0]!.batch
    },
    // In order, so that nobody waits for somebody who waits for them; one by one, because a cluster locks rows of one
    // machine at a time.
    async lockSites(db, siteIds) {
      for (const siteId of siteIds.toSorted((a, b) => a - b)) {
        await db.selectFrom('site_people').select('site_id').where('site_id', '=', siteId).forUpdate().execute()
      }
    },
    async freeze(transaction) {
      await sql`set transaction isolation level repeatable read read only`.execute(transaction)
    },
    migrationPlugins: [new BinaryText()],
    migratesInTransactions: true,
    async analyze(db, table) {
      await sql`analyze ${sql.table(table)}`.execute(db)
    },
    async finishFilling(db) {
      await sql`select setval('batch_number', (select coalesce(max(batch), 0) + 1 from batch), false)`.execute(db)
      await sql`analyze`.execute(db)
    },
  },
}

/** The engine that a query runs on. */
export function engineOf(db: Kysely<never> | Db): Engine {
  return db.getExecutor().adapter instanceof PostgresAdapter ? engines.postgres : engines.sqlite
}
