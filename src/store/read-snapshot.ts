import type { ControlledTransaction } from 'kysely'
import { engineOf } from './engines.ts'
import type { Db, Tables } from './tables.ts'

/** Reads the database as it was at one moment, however long that takes and whatever is written in the meantime. */
export async function* inSnapshot<Item>(db: Db, read: (snapshot: Db) => AsyncIterable<Item>): AsyncGenerator<Item> {
  const snapshot = await takeSnapshot(db)
  try {
    yield* read(snapshot)
  } finally {
    await snapshot.rollback().execute()
  }
}

/** Gives an answer that takes more than one statement, so that no part of it is newer than another. */
export async function atOneMoment<Answer>(db: Db, read: (snapshot: Db) => Promise<Answer>): Promise<Answer> {
  const snapshot = await takeSnapshot(db)
  try {
    return await read(snapshot)
  } finally {
    await snapshot.rollback().execute()
  }
}

async function takeSnapshot(db: Db): Promise<ControlledTransaction<Tables>> {
  const transaction = await db.startTransaction().execute()
  await engineOf(db).freeze(transaction)
  return transaction
}
