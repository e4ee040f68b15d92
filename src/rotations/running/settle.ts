/** Records the outcomes of moves: their states and the journal's entry about them in one transaction. */

import { interruptedMoves, type RotationItem, unsureFromTheFuture } from '../../store/rotations/rotations.ts'
import { earlierNewIds } from '../../store/rotations/rows.ts'
import { fromStoredOrNull } from '../../store/stored-message.ts'
import { type OutcomeBody, tellOutcome } from './journal-events.ts'
import { countVerdicts } from './run-progress.ts'
import { owned, type Run } from './run-state.ts'
import { type Move, unsureTogether, type Verdict } from './step.ts'

export async function settle(
  run: Run,
  verdicts: Verdict[],
  trackingId: string | null,
  body: OutcomeBody,
): Promise<void> {
  const event = { at: run.deps.clock.now(), kind: 'outcome', body }
  await run.deps.store.write('settleMoves', { ...owned(run), verdicts, trackingId, event })
  countVerdicts(run, verdicts)
}

/** The outcome of batches that the last process had under way is unknown. */
export async function settleInterrupted(run: Run): Promise<void> {
  const { store, clock } = run.deps
  const byIntent = new Map<number, RotationItem[]>()
  for (const row of await interruptedMoves(store.db, run.key)) {
    const intent = row.intent ?? 0
    byIntent.set(intent, [...(byIntent.get(intent) ?? []), row])
  }
  for (const [intent, rows] of byIntent) {
    const verdicts = unsureTogether({ intent, part: rows[0]!.part, moves: rows.map(toMove) }, clock.now())
    await settle(run, verdicts, null, tellOutcome(intent, { kind: 'interrupted' }, verdicts))
  }
}

/** What is due at a time that the clock was set back from would be waited for until then, be it an hour. */
export async function settleAfterClockBack(run: Run): Promise<void> {
  const { store, clock } = run.deps
  const now = clock.now()
  const ahead = await unsureFromTheFuture(store.db, { ...run.key, now })
  if (ahead.length === 0) return
  const verdicts = ahead.map(({ number, part, reason, tries }): Verdict => {
    return { number, is: 'unsure', part, due: now, reason: fromStoredOrNull(reason), tries }
  })
  await settle(run, verdicts, null, tellOutcome(null, { kind: 'interrupted' }, verdicts))
}

export function toMove({
  number,
  person_id,
  email,
  old_id,
  new_id,
  earlier_new_ids,
  tries,
}: Pick<RotationItem, 'number' | 'person_id' | 'email' | 'old_id' | 'new_id' | 'earlier_new_ids' | 'tries'>): Move {
  const draws = earlierNewIds(earlier_new_ids).length
  return { number, personId: person_id, email, from: old_id!, to: new_id, draws, tries }
}
