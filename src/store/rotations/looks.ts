/**
 * Rooms are looked at just before they are sent, unless they were read lately: a room that no longer has the ID of the
 * snapshot is held, or that ID goes into the snapshot, before anything is sent for it.
 */
import { type Selectable, sql } from 'kysely'
import type { MessageOrText } from '../../messages/message.ts'
import { toStored } from '../stored-message.ts'
import type { Db } from '../tables.ts'
import { appendEvent, holdLease, type Owned, type RotationKey } from './journal.ts'
import type { RotationItemRow } from './rotation-tables.ts'
import { changeItems, itemsOf } from './rows.ts'

export type MoveToLookAt = Pick<
  Selectable<RotationItemRow>,
  'number' | 'kind' | 'person_id' | 'email' | 'old_id' | 'new_id' | 'wave' | 'intent' | 'read_at'
>

/** Which rooms are looked at before they are sent. */
export interface LookRule {
  /** Those that were last read at this time or before, in milliseconds since 1970. */
  before: number
  /** When the plan was begun: what an older version planned does not say when it was read. */
  plannedAt: number
  /** Those that have been looked at since, whenever that was. */
  looked: number[]
}

/** Which of these moves are to be looked at: none that was sent before, and none that is on a temporary ID by now. */
export async function movesToLookAt<Move extends MoveToLookAt>(
  db: Db,
  key: RotationKey,
  moves: Move[],
  { before, plannedAt, looked }: LookRule,
): Promise<Move[]> {
  const done = new Set(looked)
  const unseen = moves.filter(
    ({ number, intent, read_at }) => intent === null && !done.has(number) && (read_at ?? plannedAt) <= before,
  )
  const later = unseen.filter(({ wave }) => wave > 0)
  if (later.length === 0) return unseen
  const steps = await itemsOf(db, key)
    .select(['person_id', 'email'])
    .where('kind', '=', 'temporary')
    .where('intent', 'is not', null)
    .where(
      'email',
      'in',
      later.map(({ email }) => email),
    )
    .execute()
  const onTheirWay = new Set(steps.map(({ person_id, email }) => `${person_id} ${email}`))
  return unseen.filter(({ wave, person_id, email }) => wave === 0 || !onTheirWay.has(`${person_id} ${email}`))
}

export interface Looks {
  /** Rooms that have the ID of the snapshot. */
  same: number[]
  /** Rooms that are left alone, with the ID that they have instead, where it is known. */
  held: { number: number; reason: MessageOrText; id: string | null }[]
  /** Rooms whose ID goes into the snapshot instead of the planned one. */
  taken: { number: number; id: string }[]
}

/** Records what was seen, with the journal's entry about it. What is held never becomes pending again. */
export async function recordLooks(
  db: Db,
  { same, held, taken, at, ...owned }: Owned & Looks & { at: number },
): Promise<void> {
  await holdLease(db, owned)
  const seen = [...same, ...taken.map(({ number }) => number)]
  if (seen.length > 0) await changeItems(db, owned).set({ read_at: at }).where('number', 'in', seen).execute()
  for (const { number, id } of taken) {
    await changeItems(db, owned)
      .set(eb => ({
        planned_old_id: eb.fn.coalesce('planned_old_id', 'old_id'),
        old_id: id,
        old_key: id.toLowerCase(),
      }))
      .where('number', '=', number)
      .execute()
  }
  const withSteps: typeof held = []
  for (const one of held) withSteps.push(one, ...(await sameRoom(db, owned, one)))
  for (const { number, reason, id } of withSteps) {
    await changeItems(db, owned)
      .set({ state: 'held', reason: toStored(reason), settled_id: id, settled_at: at })
      .where('number', '=', number)
      .where(sql<boolean>`state = 'pending'`)
      .execute()
  }
  const body = {
    same: same.length,
    held: withSteps.map(({ number, id }) => [number, id]),
    taken: taken.map(({ number, id }) => [number, id]),
  }
  await appendEvent(db, owned, { at, kind: 'looked', body })
}

/** The move of a room whose step to a temporary ID is held. */
async function sameRoom<Held extends { number: number }>(db: Db, key: RotationKey, held: Held): Promise<Held[]> {
  const step = await itemsOf(db, key)
    .select(['kind', 'person_id', 'email'])
    .where('number', '=', held.number)
    .executeTakeFirstOrThrow()
  if (step.kind !== 'temporary') return []
  const rows = await itemsOf(db, key)
    .select('number')
    .where('kind', '=', 'move')
    .where('person_id', '=', step.person_id)
    .where('email', '=', step.email)
    .execute()
  return rows.map(({ number }) => ({ ...held, number }))
}
