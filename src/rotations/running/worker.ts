/**
 * One of the workers of a run. In turns it reads back what is unsure and due, sends the next batch, or waits:
 *
 *   look     rooms that were not read lately, before anything is written about sending them (look.ts)
 *   begin    the intent is in the journal, with the moves that it is about
 *   send     one call
 *   settle   its outcome is in the journal, and with it every move's next state; only then is the next batch begun
 */
import { createHash } from 'node:crypto'
import { type MessageOrText, message } from '../../messages/message.ts'
import { maxBatchSize } from '../../rooms/batch-shape.ts'
import type { BegunBatch } from '../../store/rotations/batches.ts'
import { nextDue } from '../../store/rotations/rotations.ts'
import { drawAgain } from './draw-again.ts'
import { tellOutcome } from './journal-events.ts'
import { lookAt, lookRule } from './look.ts'
import { nextEffect } from './next-effect.ts'
import { readBack, takeUnsure } from './read-back.ts'
import { countRefused, reportWait } from './run-progress.ts'
import { isStopping, owned, passing, type Run, stopFor } from './run-state.ts'
import { settle, toMove } from './settle.ts'
import { judgeAnswer, type Move } from './step.ts'

/** So many batches in a row that cannot be sent mean that the target is down. */
const unsentToStop = 6
/** The same of batches without a clear answer: more than it takes to find one room that the target always fails on. */
const failuresToStop = 12

/** Works until there is nothing left to do, or until the run stops. */
export async function work(run: Run): Promise<void> {
  const { store, clock, signal } = run.deps
  while (!isStopping(run)) {
    const now = clock.now()
    const due = await takeUnsure(run, now)
    if (due.length > 0) {
      run.readAgainAt = null
      await readBack(run, due)
      continue
    }
    // No intent is left without an outcome for as long as a target asks to wait.
    await run.deps.client.whenOpen()
    if (isStopping(run)) return
    if (await sendNext(run)) continue
    // What is due and was not free to take is in another worker's hand.
    const next = await nextDue(store.db, run.key)
    const effect = nextEffect({
      now,
      pending: false,
      inHand: run.underWay > 0 || run.inHand.size > 0,
      nextDue: next !== null && next > now ? next : null,
    })
    if (effect.do === 'finish') return
    if (effect.do !== 'wait') continue
    if (effect.until === next) await reportWait(run, next)
    await clock.sleep(effect.until - now, signal)
  }
}

/** Begins the next batch and sends it. False where there is none to send now. */
async function sendNext(run: Run): Promise<boolean> {
  const limit = Math.min(maxBatchSize, Math.max(0, run.fresh))
  const look = lookRule(run, run.deps.clock.now())
  const begun = await run.deps.store.write('beginBatch', { ...owned(run), limit, look })
  if (begun === null) return false
  if ('look' in begun) {
    await lookAt(run, begun.look)
    return true
  }
  for (const { number } of begun.moves) run.looked.delete(number)
  run.fresh -= begun.fresh
  // The others wait for as long as a batch is under way, so it is counted until it has ended, however it does.
  run.underWay += 1
  try {
    for (const _ of begun.blocked) countRefused(run, message('refusedIdNotFreed'))
    await passing(run)('intended')
    if (begun.moves.length > 0) await send(run, begun)
    return true
  } finally {
    run.underWay -= 1
  }
}

/** Sends a batch whose intent is in the journal, and records its outcome. */
async function send(run: Run, { intent, part, moves: rows }: BegunBatch): Promise<void> {
  const { client, clock } = run.deps
  const at = passing(run)
  const moves = rows.map(toMove)
  const byPersonId = run.profile.addressBy === 'personId'
  const items = moves.map(({ personId, email, to }) => ({ email, roomId: to, ...(byPersonId && { personId }) }))
  const answer = await client.refresh(run.rotation.site_url, items, idempotencyKey(run, moves))
  await at('answered')

  const judged = judgeAnswer({ intent, part, moves }, answer, run.profile, clock.now())
  const verdicts = drawAgain(run, moves, judged.verdicts)
  await settle(run, verdicts, answer.trackingId, tellOutcome(intent, answer, verdicts))
  await at('settled')
  if (judged.run.do === 'stop') stopAsTold(run, judged.run)
  else if (judged.run.do === 'failed')
    await failed(run, judged.run.reason, answer.kind === 'unsent' ? unsentToStop : failuresToStop)
  else run.failures = 0
}

function stopAsTold(run: Run, { reason, until }: { reason: MessageOrText; until?: number }): void {
  if (until === undefined) stopFor(run, 'denied', message('stoppedAccessDenied', { reason }))
  else stopFor(run, 'later', reason, until)
}

/** The same moves of the same plan are the same call, whenever they are sent. */
function idempotencyKey({ rotation }: Run, moves: Move[]): string {
  const numbers = moves.map(({ number, draws }) => (draws === 0 ? number : `${number}.${draws}`)).join(',')
  return createHash('sha256').update(`${rotation.plan_hash} ${numbers}`).digest('hex').slice(0, 32)
}

/** Waits a while, and longer each time, before anybody tries again. */
async function failed(run: Run, reason: MessageOrText, toStop: number): Promise<void> {
  run.failures += 1
  if (run.failures >= toStop) return stopFor(run, 'down', message('stoppedTargetDown', { reason }))
  await run.deps.clock.sleep(Math.min(30_000, 500 * 2 ** run.failures), run.deps.signal)
}
