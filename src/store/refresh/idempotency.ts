import type { Db } from '../tables.ts'
import { idempotencyMs } from './refresh-rooms.ts'

/** Deletes stored answers whose time for being repeated is over. */
export async function deleteOldAnswers(db: Db, { now }: { now: number }): Promise<void> {
  await db
    .deleteFrom('idempotent_answer')
    .where('at', '<=', now - idempotencyMs)
    .execute()
}
