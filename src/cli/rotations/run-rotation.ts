/** Runs a rotation, or goes on with one, and says how it ended. */

import { exitCodes, UserError } from '../../errors.ts'
import { owner } from '../../rotations/owner.ts'
import { runRotation } from '../../rotations/running/run.ts'
import type { RunEnd } from '../../rotations/running/run-deps.ts'
import { countRotation } from '../../store/rotations/counts.ts'
import type { Rotation } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import { StoreUnavailable } from '../../store/store-error.ts'
import { systemClock } from '../../webex/calls/clock.ts'
import type { RotationOptions } from '../options/rotation-options.ts'
import { showRun } from '../output/show-progress.ts'
import {
  connectTarget,
  deadOwner,
  keyOf,
  requireRotation,
  type TargetSession,
  withRotations,
} from './rotation-setup.ts'

export interface RunOptions extends RotationOptions {
  workers: number
  stopAtRefused: number
  pauseAfterCanary?: true | undefined
  json?: true | undefined
}

export async function runCommand(name: string, as: 'run' | 'resume', options: RunOptions): Promise<void> {
  await withRotations(options, async store => {
    const rotation = await requireRotation(store, name, options.site)
    refuseWrongState(rotation, as)
    await runWithProgress(store, rotation, connectTarget(rotation.target, options), options)
  })
}

/** Runs, with progress on standard error; Ctrl-C stops after the batches under way. */
export async function runWithProgress(
  store: Store,
  rotation: Rotation,
  wired: TargetSession,
  options: RunOptions,
): Promise<void> {
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
  const progress = showRun()
  try {
    const end = await runRotation(keyOf(rotation), {
      store,
      client: wired.client,
      clock: systemClock,
      owner,
      deadOwner: await deadOwner(store, rotation.site_id),
      workers: options.workers,
      gate: { maxShare: options.stopAtRefused / 100, after: 50 },
      pauseAfterCanary: options.pauseAfterCanary ?? false,
      signal: stop.signal,
      onProgress: progress.tell,
      waitingUntil: () => wired.governor.closedUntil,
    })
    progress.end()
    await printResult(store, rotation, end, options)
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
    throw new UserError(`${error.message} Then go on with roomkey resume ${rotation.rotation}.`, exitCodes.stopped)
  } finally {
    progress.end()
    process.removeListener('SIGINT', onSignal)
    process.removeListener('SIGTERM', onSignal)
  }
}

async function printResult(store: Store, rotation: Rotation, end: RunEnd, { json }: RunOptions): Promise<void> {
  const { rooms, refused } = await countRotation(store.db, keyOf(rotation))
  if (json)
    process.stdout.write(`${JSON.stringify({ rotation: rotation.rotation, ...end, rooms, refused }, null, 2)}\n`)
  else {
    process.stdout.write(
      `Rotation ${rotation.rotation}: ${rooms.done} rooms have their new ID, ${rooms.refused} were refused, ${rooms.pending + rooms.sent + rooms.unsure} are left.\n`,
    )
    for (const { reason, count } of refused.slice(0, 10)) process.stdout.write(`  ${count} refused: ${reason}\n`)
    if (end.end === 'finished') process.stdout.write(`Next: roomkey verify ${rotation.rotation}\n`)
  }
  if (end.end === 'finished') {
    process.exitCode = end.refused > 0 ? exitCodes.refusedItems : exitCodes.done
    return
  }
  throw new UserError(
    `${end.because} Go on with roomkey resume ${rotation.rotation}.`,
    end.kind === 'denied' ? exitCodes.targetRefused : exitCodes.stopped,
  )
}

function refuseWrongState({ state, rotation }: Rotation, as: 'run' | 'resume'): void {
  if (state === 'planning' || state === 'failed')
    throw new UserError(`Rotation ${rotation} was never planned to the end; plan it again.`)
  if (state === 'finished') throw new UserError(`Rotation ${rotation} is finished; see roomkey report ${rotation}.`)
  if (as === 'run' && state !== 'planned') {
    throw new UserError(`Rotation ${rotation} has begun already; go on with roomkey resume ${rotation}.`)
  }
  if (as === 'resume' && state === 'planned') {
    throw new UserError(`Rotation ${rotation} has not begun; start it with roomkey run ${rotation}.`)
  }
}
