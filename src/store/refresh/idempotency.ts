import type { Db } from '../tables.ts'
import { idempotencyMs } from './refresh-rooms.ts'

/** Removes answers that are past the time for which they are repeated. */
export async function forgetOldAnswers(db: Db, { now }: { now: number }): Promise<void> {
  await db
    .deleteFrom('idempotent_answer')
    .where('at', '<=', now - idempotencyMs)
    .execute()
}
