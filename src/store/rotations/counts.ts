/** How many rooms of a rotation are in which state, and why. */

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
}

export interface ReasonCount {
  reason: string
  count: number
}

/** Rows that one statement goes through: milliseconds. */
const rowsPerTurn = 10_000

/** Goes through all of them, in turns with other work. Steps in between are counted only where asked for. */
export async function countRotation(
  db: Db,
  key: RotationKey,
  steps: 'withSteps' | 'withoutSteps' = 'withoutSteps',
): Promise<RotationCounts> {
  const rooms = { pending: 0, sent: 0, unsure: 0, done: 0, refused: 0, left: 0 }
  const reasons = { left: new Map<string, number>(), refused: new Map<string, number>() }
  for await (const range of inRanges({ after: 0, upTo: await lastNumber(db, key) }, rowsPerTurn)) {
    const rows = await itemsOf(db, key)
      .where(withinRange(range))
      .$if(steps === 'withoutSteps', items => items.where('kind', '!=', 'temporary'))
      .select(({ fn }) => ['state', 'reason', fn.countAll<number>().as('count')])
      .groupBy(['state', 'reason'])
      .execute()
    for (const { state, reason, count } of rows) {
      rooms[state] += Number(count)
      if (state !== 'left' && state !== 'refused') continue
      reasons[state].set(reason ?? '', (reasons[state].get(reason ?? '') ?? 0) + Number(count))
    }
  }
  return { rooms, left: commonestFirst(reasons.left), refused: commonestFirst(reasons.refused) }
}

function commonestFirst(counts: Map<string, number>): ReasonCount[] {
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((one, other) => other.count - one.count)
}
