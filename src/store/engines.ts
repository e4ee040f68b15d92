/** Everything that differs between the two databases where queries are built, in one table and nowhere else. */
import { type Kysely, PostgresAdapter, sql } from 'kysely'
import type { Db } from './tables.ts'

export type EngineName = 'sqlite' | 'postgres'

export interface Engine {
  name: EngineName
  /** A whole number up to 2^53. */
  bigint: 'integer' | 'bigint'
  /** What follows a table whose rows are found by their primary key alone. */
  clustered: '' | 'without rowid'
  /** Values that one statement may carry. */
  maxValues: number
  /** What follows a table that is to be read by this index. PostgreSQL counts its rows and chooses well by itself. */
  readBy(index: string): string
  /** Draws the number of a site's next batch, inside the transaction that will insert it. */
  nextBatch(db: Db, siteId: number): Promise<number>
  /** Catches up with rows that were inserted as they are. */
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
    async finishFilling() {},
  },
  postgres: {
    name: 'postgres',
    bigint: 'bigint',
    clustered: '',
    maxValues: 65_535,
    readBy: () => '',
    // Batches of one site run side by side: a sequence never gives two of them the same number.
    async nextBatch(db) {
      const drawn = await sql<{ batch: number }>`select nextval('batch_number') as batch`.execute(db)
      return drawn.rows[0]!.batch
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
