/**
 * An ID that was drawn and that the target calls taken is drawn again, three times at most: somebody outside the plan has
 * it. One that was given, by a CSV or a snapshot, stays refused. A room whose ID is drawn again goes alone, so that it
 * holds nobody else up.
 */
import { asMessage } from '../../messages/message.ts'
import { secureRandomText } from '../../store/secure-random.ts'
import { maxDraws } from '../planning/call-bound.ts'
import { drawNewId, type IdSource } from '../planning/new-ids.ts'
import type { Run } from './run-state.ts'
import { type Move, ownPart, type Verdict } from './step.ts'

/** Verdicts in which what is refused as taken is pending again, with another ID. */
export function drawAgain({ rotation }: Run, moves: Move[], verdicts: Verdict[]): Verdict[] {
  const source = JSON.parse(rotation.source) as IdSource
  const byNumber = new Map(moves.map(move => [move.number, move]))
  return verdicts.map(verdict => {
    const move = byNumber.get(verdict.number)
    if (move === undefined || !isTaken(verdict) || move.to === null || move.draws >= maxDraws) return verdict
    const newId = drawNewId(source, move.to, secureRandomText)
    const { number } = verdict
    return newId === null ? verdict : { number, is: 'pending', part: ownPart(number), tries: move.tries, newId }
  })
}

/** Refused because the ID is taken, and not seen with another one. */
function isTaken(verdict: Verdict): boolean {
  return verdict.is === 'refused' && verdict.roomId === undefined && asMessage(verdict.reason)?.code === 'idTaken'
}
