import type { Db } from '../tables.ts'
import { idempotencyMs } from './refresh-rooms.ts'

/** Deletes up to `limit` stored answers whose time for being repeated is over. Returns how many there were. */
export async function deleteOldAnswers(db: Db, { now, limit }: { now: number; limit: number }): Promise<number> {
  const old = await db
    .selectFrom('idempotent_answer')
    .select(['site_id', 'token_id', 'key'])
    .where('at', '<=', now - idempotencyMs)
    .orderBy('at')
    .limit(limit)
    .execute()
  for (const { site_id, token_id, key } of old) {
    await db
      .deleteFrom('idempotent_answer')
      .where('site_id', '=', site_id)
      .where('token_id', '=', token_id)
      .where('key', '=', key)
      // On PostgreSQL, the key may have been used again by now.
      .where('at', '<=', now - idempotencyMs)
      .execute()
  }
  return old.length
}
