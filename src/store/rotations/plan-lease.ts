/** Who makes a plan: one process, for as long as it goes on adding to it. */
import { RotationGone } from '../store-error.ts'
import type { Db } from '../tables.ts'
import type { RotationKey } from './journal.ts'
import { changeRotation } from './rows.ts'

/** A process that makes a plan and adds nobody to it for so long has died: a page of people is read within it. */
export const planLeaseMs = 60 * 60_000

export interface Planning extends RotationKey {
  /** The process that makes the plan. */
  owner: string
  now: number
}

/** Prolongs the lease of whoever makes a plan. @throws RotationGone when it was discarded, or goes on elsewhere. */
export async function holdPlan(db: Db, { siteId, rotation, owner, now }: Planning): Promise<void> {
  const { numUpdatedRows } = await changeRotation(db, { siteId, rotation })
    .set({ lease_until: now + planLeaseMs })
    .where('state', '=', 'planning')
    .where('owner', '=', owner)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new RotationGone()
}
