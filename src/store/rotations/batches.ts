/** The batches of a running rotation: each function is one transaction, with its entry in the journal. */
import { type Selectable, sql } from 'kysely'
import { type MessageOrText, message } from '../../messages/message.ts'
import { maxBatchSize } from '../../rooms/batch-shape.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import { recordGivenIds } from '../mirror/given-ids.ts'
import { toStored, toStoredOrNull } from '../stored-message.ts'
import type { Db } from '../tables.ts'
import { appendEvent, holdLease, type JournalEvent, type Owned, type RotationKey } from './journal.ts'
import { type LookRule, type MoveToLookAt, movesToLookAt } from './looks.ts'
import type { RotationItemRow } from './rotation-tables.ts'
import { getRotation } from './rotations.ts'
import { changeItems, earlierNewIds, itemsOf, itemsUnderWay } from './rows.ts'

/** One move's next state, as the engine judged it. */
export type MoveVerdict =
  | { number: number; is: 'done'; roomId: string }
  /** `roomId`: the ID that the target gave it instead, where it did; below as well. */
  | { number: number; is: 'refused'; reason: MessageOrText; roomId?: string }
  /** `newId`: drawn instead of the one that was asked for. */
  | { number: number; is: 'pending'; part: number; tries: number; roomId?: string; newId?: string }
  | {
      number: number
      is: 'unsure'
      part: number
      due: number
      reason: MessageOrText | null
      tries: number
      roomId?: string
    }

export interface BegunBatch {
  intent: number
  part: number
  moves: Pick<
    Selectable<RotationItemRow>,
    'number' | 'person_id' | 'email' | 'old_id' | 'new_id' | 'earlier_new_ids' | 'tries'
  >[]
  /** How many of all these had never been taken before. */
  fresh: number
  /** Moves that cannot go, because the one that was to free their ID did not. */
  blocked: number[]
}

/**
 * Takes the next moves to send, at most `limit`, and records the intent to send them. Only moves of the earliest wave
 * that has not ended are taken; with a limit of 0, only those that have been sent before. Null when there is none to
 * take now. Where some of them are to be looked at before, these are answered instead, and nothing is taken.
 */
export async function beginBatch(
  db: Db,
  owned: Owned & { limit: number; look: LookRule },
): Promise<BegunBatch | { look: MoveToLookAt[] } | null> {
  await holdLease(db, owned)
  const { now, limit, look } = owned
  const wave = await presentWave(db, owned)
  if (wave === null) return null

  const pending = () =>
    itemsOf(db, owned)
      .where('state', '=', sql.lit('pending'))
      .where('wave', '=', wave)
      .$if(limit === 0, moves => moves.where('intent', 'is not', null))
      .select(['part'])
  // Parts first: they are what is left of batches that were refused, or groups that only go together.
  const first = await pending().where('part', '>', 0).orderBy('part').limit(1).executeTakeFirst()
  const part = first?.part ?? 0
  const taken = await pending()
    .select(['number', 'kind', 'person_id', 'email', 'old_id', 'new_id', 'earlier_new_ids'])
    .select(['tries', 'waits_for', 'intent'])
    .select(['wave', 'read_at'])
    .where('part', '=', part)
    .orderBy('number')
    .limit(part === 0 && limit > 0 ? limit : maxBatchSize)
    .execute()
  if (taken.length === 0) return null
  const toLookAt = await movesToLookAt(db, owned, taken, look)
  if (toLookAt.length > 0) return { look: toLookAt }

  const blocked = await blockedMoves(db, owned, taken)
  const moves = taken.filter(move => !blocked.has(move.number))
  const body = { wave, part: part || undefined, moves: moves.map(move => move.number) }
  const intent = await appendEvent(db, owned, { at: now, kind: 'intent', body })
  if (blocked.size > 0) {
    const reason = message('refusedIdNotFreed')
    await settle(
      db,
      owned,
      [...blocked].map(number => ({ number, is: 'refused', reason })),
      null,
    )
    const refused = [...blocked].map(number => [number, reason])
    await appendEvent(db, owned, { at: now, kind: 'outcome', body: { intent, answer: 'blocked', refused } })
  }
  await markSent(
    db,
    owned,
    moves.map(move => move.number),
    intent,
  )
  const fresh = taken.filter(move => move.intent === null).length
  return { intent, part, moves, fresh, blocked: [...blocked] }
}

/** Records the outcome of moves, together with the journal's entry about it. */
export async function settleMoves(
  db: Db,
  {
    verdicts,
    trackingId,
    event,
    ...owned
  }: Owned & { verdicts: MoveVerdict[]; trackingId: string | null; event: JournalEvent },
): Promise<void> {
  await holdLease(db, owned)
  await settle(db, owned, verdicts, trackingId)
  await appendEvent(db, owned, event)
}

async function presentWave(db: Db, key: RotationKey): Promise<number | null> {
  // The literal is the condition of the index over just these rows.
  const pending = itemsOf(db, key).where(sql<boolean>`state = 'pending'`).select('wave').orderBy('wave').limit(1)
  const underWay = itemsUnderWay(db, key).select('wave').orderBy('wave').limit(1)
  const next = await pending.executeTakeFirst()
  if (next === undefined) return null
  const open = await underWay.executeTakeFirst()
  return open !== undefined && open.wave < next.wave ? null : next.wave
}

/**
 * Moves whose ID is still with the one that was to free it: that has not left it, as far as is known. What an undo knows of
 * the others may be late, so it asks the target.
 */
async function blockedMoves(
  db: Db,
  key: RotationKey,
  taken: { number: number; waits_for: number | null }[],
): Promise<Set<number>> {
  const waiting = taken.filter(move => move.waits_for !== null)
  if (waiting.length === 0) return new Set()
  const { undo_of } = await getRotation(db, key)
  if (undo_of !== null) return new Set()
  const before = await itemsOf(db, key)
    .select(['number', 'state', 'old_key', 'settled_id'])
    .where(
      'number',
      'in',
      waiting.map(move => move.waits_for!),
    )
    .execute()
  const left = before.filter(
    ({ state, old_key, settled_id }) => state === 'done' || (settled_id !== null && roomIdKey(settled_id) !== old_key),
  )
  const free = new Set(left.map(move => move.number))
  return new Set(waiting.filter(move => !free.has(move.waits_for!)).map(move => move.number))
}

async function markSent(db: Db, key: Owned, numbers: number[], intent: number): Promise<void> {
  if (numbers.length === 0) return
  await changeItems(db, key).set({ state: 'sent', intent, since: key.now }).where('number', 'in', numbers).execute()
}

/** One statement per kind of verdict, not one per move. */
async function settle(db: Db, owned: Owned, verdicts: MoveVerdict[], trackingId: string | null): Promise<void> {
  const { now } = owned
  const done = verdicts.filter(verdict => verdict.is === 'done')
  if (done.length > 0) {
    const roomIds = sql<string>`case ${sql.join(
      done.map(({ number, roomId }) => sql`when number = ${number} then ${roomId}`),
      sql` `,
    )} end`
    await changeItems(db, owned)
      .set({ state: 'done', settled_id: roomIds, settled_at: now, tracking_id: trackingId, reason: null, due: null })
      .where(
        'number',
        'in',
        done.map(verdict => verdict.number),
      )
      .execute()
    await recordGivenIds(db, { ...owned, done, trackingId })
  }
  for (const alike of groupAlike(verdicts.filter(verdict => verdict.is !== 'done'))) {
    const first = alike[0]!
    const numbers = alike.map(verdict => verdict.number)
    const rows = changeItems(db, owned).where('number', 'in', numbers)
    if (first.roomId !== undefined) await rows.set({ settled_id: first.roomId }).execute()
    if (first.is === 'pending' && first.newId !== undefined) await askForAnother(db, owned, first.number, first.newId)
    if (first.is === 'pending')
      await rows.set({ state: 'pending', part: first.part, tries: first.tries, due: null, reason: null }).execute()
    else if (first.is === 'unsure') {
      const { part, due, reason, tries } = first
      // The clock of an unsure move starts once, when it becomes unsure, and again when the machine's was set back.
      const since = sql<number>`case when state = 'unsure' and since <= ${now} then since else ${now} end`
      await rows.set({ state: 'unsure', part, tries, due, reason: toStoredOrNull(reason), since }).execute()
    } else if (first.is === 'refused') {
      await rows
        .set({ state: 'refused', reason: toStored(first.reason), settled_at: now, tracking_id: trackingId, due: null })
        .execute()
    }
  }
}

/** What was asked for before is kept: the target may have given it all the same. */
async function askForAnother(db: Db, key: RotationKey, number: number, newId: string): Promise<void> {
  const row = () => changeItems(db, key).where('number', '=', number)
  const { new_id, earlier_new_ids } = await itemsOf(db, key)
    .select(['new_id', 'earlier_new_ids'])
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  const earlier = JSON.stringify([...earlierNewIds(earlier_new_ids), new_id])
  await row().set({ new_id: newId, new_key: newId.toLowerCase(), earlier_new_ids: earlier }).execute()
}

/** Verdicts that differ in nothing but the move's number. */
function groupAlike(verdicts: MoveVerdict[]): MoveVerdict[][] {
  const groups = new Map<string, MoveVerdict[]>()
  for (const verdict of verdicts) {
    const alike = JSON.stringify({ ...verdict, number: 0 })
    groups.set(alike, [...(groups.get(alike) ?? []), verdict])
  }
  return [...groups.values()]
}
