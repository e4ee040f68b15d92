/** Counts the outcomes of a run and reports them, and stops the run when too many are refusals. */
import { asMessage, type MessageOrText, message } from '../../messages/message.ts'
import { countRotation } from '../../store/rotations/counts.ts'
import { fromStoredOrNull } from '../../store/stored-message.ts'
import { type Gate, tooManyRefused } from './refusal-gate.ts'
import type { Doing } from './run-deps.ts'
import { type Run, stopFor } from './run-state.ts'
import type { Verdict } from './step.ts'

const defaultGate: Gate = { maxShare: 0.2, after: 50 }

/** What was settled before this process began. */
export async function countSoFar(run: Run): Promise<void> {
  const { rooms, refused } = await countRotation(run.deps.store.db, run.key, 'withSteps')
  Object.assign(run.tally, { done: rooms.done, refused: rooms.refused, held: rooms.held })
  const before = asMessage(fromStoredOrNull(run.rotation.stop_reason))?.code
  if (before === 'stoppedTooManyRefused') Object.assign(run.judged, run.tally)
  for (const { reason, count } of refused) run.refusedFor.add(reason, count)
  run.total = rooms.pending + rooms.sent + rooms.unsure + rooms.done + rooms.refused + rooms.held
  report(run, rooms.unsure)
}

export function countVerdicts(run: Run, verdicts: Verdict[]): void {
  for (const verdict of verdicts) {
    if (verdict.is === 'done') run.tally.done += 1
    if (verdict.is === 'refused') countRefused(run, verdict.reason)
  }
  report(run, verdicts.filter(verdict => verdict.is === 'unsure').length)
  const done = run.tally.done - run.judged.done
  const refused = run.tally.refused - run.judged.refused
  if (tooManyRefused({ done, refused }, run.deps.gate ?? defaultGate)) {
    stopFor(run, 'refusals', message('stoppedTooManyRefused', { refused, count: done + refused }))
  }
}

export function countRefused({ tally, refusedFor }: Run, reason: MessageOrText): void {
  tally.refused += 1
  refusedFor.add(reason)
}

/** Rooms that were found with another ID than planned. */
export function countHeld(run: Run, count: number): void {
  run.tally.held += count
  if (count > 0) report(run, 0)
}

/** Nothing is left but to read rooms again, when no reading can be late any more. */
export async function reportWait(run: Run, until: number): Promise<void> {
  if (run.readAgainAt === until) return
  run.readAgainAt = until
  report(run, (await countRotation(run.deps.store.db, run.key, 'withSteps')).rooms.unsure)
}

function report(run: Run, unsure: number): void {
  const { deps, tally, total, refusedFor } = run
  const waitingUntil = deps.waitingUntil?.() ?? 0
  const retryAfter = deps.retryAfter?.() ?? null
  deps.onProgress?.({ ...tally, total, unsure, waitingUntil, retryAfter, refusedFor, doing: () => doingOf(run) })
}

function doingOf({ underWay, inHand, pilotsUnseen, readAgainAt }: Run): Doing {
  return { batches: underWay, readingBack: inHand.size, pilots: pilotsUnseen, readAgainAt }
}
