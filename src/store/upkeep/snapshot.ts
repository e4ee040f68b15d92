import { sql } from 'kysely'
import { engineOf } from '../engines.ts'
import type { Db } from '../tables.ts'

/** Reads the database as it was at one moment, however long that takes and whatever is written meanwhile. */
export async function* inSnapshot<Item>(db: Db, read: (snapshot: Db) => AsyncIterable<Item>): AsyncGenerator<Item> {
  const transaction = await db.startTransaction().execute()
  try {
    if (engineOf(db).name === 'postgres') {
      await sql`set transaction isolation level repeatable read read only`.execute(transaction)
    }
    yield* read(transaction)
  } finally {
    await transaction.rollback().execute()
  }
}
