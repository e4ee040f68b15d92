/** How many rooms of a rotation are in which state, and why. */

import { type ReasonCount, ReasonCounts } from '../../messages/reason-counts.ts'
import { fromStored } from '../stored-message.ts'
import type { Db } from '../tables.ts'
import { inRanges } from '../yielding-reads.ts'
import type { RotationKey } from './journal.ts'
import type { ItemState } from './rotation-tables.ts'
import { itemsOf, lastNumber, withinRange } from './rows.ts'

export interface RotationCounts {
  rooms: Record<ItemState, number>
  /** Why people were left out, and how many each, the commonest first. */
  left: ReasonCount[]
  refused: ReasonCount[]
  held: ReasonCount[]
}

/** Rows that one statement goes through: milliseconds. */
const rowsPerTurn = 10_000

/** Goes through all of them, in turns with other work. Steps in between are counted only where asked for. */
export async function countRotation(
  db: Db,
  key: RotationKey,
  steps: 'withSteps' | 'withoutSteps' = 'withoutSteps',
): Promise<RotationCounts> {
  const rooms = { pending: 0, sent: 0, unsure: 0, done: 0, refused: 0, held: 0, left: 0 }
  const reasons = { left: new ReasonCounts(), refused: new ReasonCounts(), held: new ReasonCounts() }
  for await (const range of inRanges({ after: 0, upTo: await lastNumber(db, key) }, rowsPerTurn)) {
    const rows = await itemsOf(db, key)
      .where(withinRange(range))
      .$if(steps === 'withoutSteps', items => items.where('kind', '!=', 'temporary'))
      .select(({ fn }) => ['state', 'reason', fn.countAll<number>().as('count')])
      .groupBy(['state', 'reason'])
      .execute()
    for (const { state, reason, count } of rows) {
      rooms[state] += Number(count)
      if (state !== 'left' && state !== 'refused' && state !== 'held') continue
      reasons[state].add(reason === null ? '' : fromStored(reason), Number(count))
    }
  }
  return { rooms, left: reasons.left.list(), refused: reasons.refused.list(), held: reasons.held.list() }
}

/** How many of a rotation's steps were ever sent, or refused without being sent. */
export async function countBegun(db: Db, key: RotationKey): Promise<number> {
  let begun = 0
  for await (const range of inRanges({ after: 0, upTo: await lastNumber(db, key) }, rowsPerTurn)) {
    const { count } = await itemsOf(db, key)
      .where(withinRange(range))
      .where(({ eb, or }) => or([eb('intent', 'is not', null), eb('state', '=', 'refused')]))
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    begun += Number(count)
  }
  return begun
}
