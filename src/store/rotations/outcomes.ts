/** What is recorded about rooms after they were refreshed: what they showed when read, and the e-mails to their hosts. */

import type { Db } from '../tables.ts'
import type { RotationKey } from './journal.ts'
import { changeItems, changeRotation } from './rows.ts'

const verdicts = ['changed', 'listed', 'notYetVisible', 'unread', 'since', 'wrong'] as const

export interface Verification {
  number: number
  verified: (typeof verdicts)[number]
  /** The ID that it shows, where nothing but the reading says that the room has its new one. */
  roomId: string | null
  /** The host has another e-mail address than the plan says. */
  movedAway: boolean
}

export async function recordVerified(
  db: Db,
  { verifications, now, ...key }: RotationKey & { verifications: Verification[]; now: number },
): Promise<void> {
  for (const verified of verdicts) {
    const numbers = verifications.filter(one => one.verified === verified).map(one => one.number)
    if (numbers.length === 0) continue
    await changeItems(db, key).set({ verified, verified_at: now }).where('number', 'in', numbers).execute()
  }
  for (const { number, roomId, movedAway } of verifications) {
    const row = changeItems(db, key).where('number', '=', number)
    if (movedAway) await row.set({ letter: 'otherAddress' }).where('letter', 'is', null).execute()
    if (roomId !== null) await changeItems(db, key).set({ settled_id: roomId }).where('number', '=', number).execute()
  }
}

/** A verification that was interrupted longer ago is begun anew: what it read is no news any more. */
const goneOnWithinMs = 24 * 60 * 60_000

/** Begins a verification, or goes on with one that was interrupted: gives when that began, since when what was read counts. */
export async function beginVerification(
  db: Db,
  { now, ...key }: RotationKey & { now: number },
): Promise<number | null> {
  const row = await db
    .selectFrom('rotation')
    .select('verify_began_at as began')
    .where('site_id', '=', key.siteId)
    .where('rotation', '=', key.rotation)
    .executeTakeFirst()
  const began = row?.began ?? null
  if (began !== null && began <= now && began >= now - goneOnWithinMs) return began
  await changeRotation(db, key).set({ verify_began_at: now }).execute()
  return null
}

export async function endVerification(db: Db, key: RotationKey): Promise<void> {
  await changeRotation(db, key).set({ verify_began_at: null }).execute()
}

/** Marks the e-mail to a host. False when it is past that already, so that none goes out twice; back to `written` when it certainly did not go. */
export async function markHostEmail(
  db: Db,
  { number, letter, ...key }: RotationKey & { number: number; letter: 'written' | 'sending' | 'sent' },
): Promise<boolean> {
  const before = { written: ['sending'], sending: ['written'], sent: ['sending'] }[letter] as ('written' | 'sending')[]
  const { numUpdatedRows } = await changeItems(db, key)
    .set({ letter })
    .where('number', '=', number)
    .where(({ or, eb }) => or([eb('letter', 'is', null), ...before.map(state => eb('letter', '=', state))]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
