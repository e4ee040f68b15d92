/**
 * Carries a plan out. The thinking is in step.ts; here is the order in which it is safe:
 *
 *   take the rotation     one process has it, and no other rotation of the site runs
 *   check the hash        what runs is what was approved
 *   look at what is open  batches that were under way when the last process died are unsure
 *   freeze self-service   the journal says so first: if we die in between, resume sets it back all the same
 *   canary                a few rooms, alone, read back before anybody else's turn (canary.ts)
 *   look                  a room that was not read lately is looked at, and held where it has another ID (look.ts)
 *   batches               the intent is durable before a batch is sent, its outcome before the worker's next (worker.ts)
 *   thaw, release         also when it stops early
 *
 * Between any two of these the process may die. `deps.at` is called at each such boundary, so that a test can die there.
 */
import { message } from '../../messages/message.ts'
import { countRotation } from '../../store/rotations/counts.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import { eachItem, getRotation, lastEventAt, openMoves } from '../../store/rotations/rotations.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import { planHash } from '../planning/plan-hash.ts'
import { hadItUntil } from '../target/profile.ts'
import { runCanary } from './canary.ts'
import { startHeartbeat } from './heartbeat.ts'
import { recordWaits } from './reading-waits.ts'
import type { RunDeps, RunEnd, RunRefusal } from './run-deps.ts'
import { countSoFar } from './run-progress.ts'
import { isStopping, newRun, owned, passing, type Run, stopFor } from './run-state.ts'
import { freeze, thaw } from './self-service.ts'
import { settleAfterClockBack, settleInterrupted } from './settle.ts'
import { work } from './worker.ts'

/**
 * Runs a planned rotation, or resumes a stopped one. A target that fails ends in `stopped`, never in an error.
 *
 * @throws LeaseLost when another process has taken it over; StoreUnavailable or StoreDamaged when the database fails.
 */
export async function runRotation(key: RotationKey, deps: RunDeps): Promise<RunEnd | RunRefusal> {
  const { store, dead = [], audit = null } = deps
  const rotation = await getRotation(store.db, key)
  if (rotation.plan_hash !== (await planHash(rotation, eachItem(store.db, key)))) {
    return { refused: 'planChanged', rotation: key.rotation }
  }
  const run = newRun(key, rotation, deps)
  run.halt.signal.addEventListener('abort', () => deps.onStopAsked?.())
  const at = passing(run)

  const refusal = await store.write('takeRotation', { ...owned(run), dead, audit })
  if (refusal !== null) return refusal
  await at('taken')
  const endHeartbeat = startHeartbeat(run)
  try {
    await carryOut(run)
    await recordWaits(run)
    await store.write('releaseRotation', { ...owned(run), reason: run.stop?.reason ?? null })
    await at('released')
    if (run.stop !== undefined) return run.stop
    const { refused, held } = (await countRotation(store.db, key)).rooms
    return { end: 'finished', refused, ...(held > 0 && { held }) }
  } finally {
    await endHeartbeat()
  }
}

async function carryOut(run: Run): Promise<void> {
  const { key, rotation, deps } = run
  await settleInterrupted(run)
  await settleAfterClockBack(run)
  if (rotation.undo_of !== null) {
    const undone = { siteId: key.siteId, rotation: rotation.undo_of }
    run.hadItUntil = hadItUntil(rotation, await lastEventAt(deps.store.db, undone))
  }
  await countSoFar(run)

  await untilStopped(run, async () => {
    if (rotation.freeze === 1) await freeze(rotation, owned(run), deps, passing(run))
    await runCanary(run)
    while (!isStopping(run) && (await openMoves(deps.store.db, key))) await workTogether(run)
  })
  await thawAtTheEnd(run)
}

async function workTogether(run: Run): Promise<void> {
  const { workers = 4 } = run.deps
  const worker = () => untilStopped(run, () => work(run))
  const working = Array.from({ length: workers }, worker)
  try {
    await Promise.all(working)
  } catch (error) {
    // What breaks one of them off stops the others, and they end before anybody is told.
    run.halt.abort()
    await Promise.allSettled(working)
    throw error
  }
}

/** A target that refuses us or is down stops the run; anything else is a bug or the database, and ends it. */
async function untilStopped(run: Run, doing: () => Promise<void>): Promise<void> {
  try {
    await doing()
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    // What was not waited for any longer was canceled for the stop.
    if (isStopping(run)) return
    const kind = error.kind === 'denied' || error.kind === 'later' ? error.kind : 'down'
    stopFor(run, kind, error.reason, error.until)
  }
}

/** Also when the run stops: hosts should not be locked out of their settings while somebody thinks. */
async function thawAtTheEnd(run: Run): Promise<void> {
  try {
    await thaw(run.rotation, owned(run), run.deps, passing(run))
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    stopFor(run, 'down', message('stoppedSelfServiceOff', { reason: error.reason }))
  }
}
