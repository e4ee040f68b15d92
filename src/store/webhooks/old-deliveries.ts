/** Deliveries that nobody can ask for any more. */
import type { Db } from '../tables.ts'

/**
 * Deletes up to `limit` deliveries that succeeded before `doneBefore`, or that an inactive webhook has kept since before
 * `keptSince`. Returns how many there were.
 */
export async function deleteOldDeliveries(
  db: Db,
  { doneBefore, keptSince, limit }: { doneBefore: number; keptSince: number; limit: number },
): Promise<number> {
  const columns = ['site_id', 'delivery_id'] as const
  const done = db.selectFrom('delivery').select(columns).where('delivered_at', 'is not', null)
  const kept = db.selectFrom('delivery').select(columns).where('next_at', 'is', null).where('delivered_at', 'is', null)
  const old = [
    ...(await done.where('delivered_at', '<', doneBefore).limit(limit).execute()),
    ...(await kept.where('first_at', '<', keptSince).limit(limit).execute()),
  ].slice(0, limit)
  for (const { site_id, delivery_id } of old) {
    await db.deleteFrom('delivery').where('site_id', '=', site_id).where('delivery_id', '=', delivery_id).execute()
  }
  return old.length
}
