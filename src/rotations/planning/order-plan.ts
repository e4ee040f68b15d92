/** Leaves out of a plan what cannot be had, and puts its chained moves in order, by what its target allows. */

import { type Message, message } from '../../messages/message.ts'
import { maxBatchSize } from '../../rooms/batch-shape.ts'
import type { RandomText } from '../../rooms/id-rule.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import { type ChainedMove, chainedMoves, type OrderedMove } from '../../store/rotations/order.ts'
import { lastNumber } from '../../store/rotations/rows.ts'
import type { Store } from '../../store/store.ts'
import { inRanges, type Range } from '../../store/yielding-reads.ts'
import type { Profile } from '../target/profile.ts'
import { temporaryId } from './new-ids.ts'
import { type Conflict, groupForBatches, orderInWaves } from './order-moves.ts'

export interface PlanOrder {
  temporaries: number
  waves: number
  warnings: Message[]
}

/** Lines of a plan that are looked at in one go: few enough that other work waits for milliseconds only. */
const linesPerTurn = 2000

/**
 * Leaves out the moves whose new ID cannot be had: given to two people, or held by somebody who keeps it. Leaving one
 * out may take the ID that another counts on, so this is repeated until nothing changes.
 */
export async function leaveOutClashes(store: Store, key: RotationKey): Promise<void> {
  const all: Range = { after: 0, upTo: await lastNumber(store.db, key) }
  const leaveOut = async (which: 'leaveOutDuplicates' | 'leaveOutRetained') => {
    let left = 0
    for await (const range of inRanges(all, linesPerTurn)) left += await store.write(which, { ...key, range })
    return left
  }
  await store.write('analyzeItems', key)
  await leaveOut('leaveOutDuplicates')
  while ((await leaveOut('leaveOutRetained')) > 0);
}

export async function orderMoves(
  store: Store,
  key: RotationKey,
  profile: Profile,
  randomText: RandomText,
): Promise<PlanOrder> {
  const last = await lastNumber(store.db, key)
  const chained: ChainedMove[] = []
  for await (const range of inRanges({ after: 0, upTo: last }, linesPerTurn)) {
    chained.push(...(await chainedMoves(store.db, key, range)))
  }
  const conflicts = chained.map(({ number, old_key, new_key }) => ({ number, from: old_key, to: new_key }))
  const { groups, tooLong } =
    profile.swaps === 'inBatch' ? groupForBatches(conflicts, maxBatchSize) : { groups: [], tooLong: conflicts }

  const together = groups.flatMap((numbers, group) =>
    numbers.map((number): OrderedMove => ({ number, wave: 0, waitsFor: null, part: group + 1, temporary: null })),
  )
  const inWaves = waves(tooLong, last, randomText)
  const moves = [...together, ...inWaves]
  for (let start = 0; start < moves.length; start += 1000) {
    await store.write('orderItems', { ...key, moves: moves.slice(start, start + 1000) })
  }

  const temporaries = inWaves.filter(move => move.temporary !== null).length
  const warnings: Message[] =
    profile.swaps === 'inBatch' && tooLong.length > 0 ? [message('warnLongChain', { count: tooLong.length })] : []
  if (profile.swaps === 'forbidden' && profile.freedIds === 'reserved' && inWaves.length > 0) {
    warnings.push(message('warnFreedReserved', { count: inWaves.length }))
  }
  if (temporaries > 0) warnings.push(message('noteTemporaries', { count: temporaries }))
  return { temporaries, waves: inWaves.reduce((most, move) => Math.max(most, move.wave + 1), 1), warnings }
}

/** A step in between has a number of its own, after all others. */
function waves(conflicts: Conflict[], lastNumber: number, randomText: RandomText): OrderedMove[] {
  const ordered = orderInWaves(conflicts)
  let next = lastNumber
  const steps = new Map(
    ordered
      .filter(move => move.viaTemporary)
      .map(({ number }) => {
        next += 1
        return [number, { number: next, id: temporaryId(randomText) }]
      }),
  )
  return ordered.map(({ number, wave, waitsFor }) => ({
    number,
    wave,
    waitsFor: waitsFor === null ? null : (steps.get(waitsFor)?.number ?? waitsFor),
    part: 0,
    temporary: steps.get(number) ?? null,
  }))
}
