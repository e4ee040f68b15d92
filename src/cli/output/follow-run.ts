/** Follows a run to its end: progress on standard error, the result on standard output. */
import { exitCodes, UserError } from '../../errors.ts'
import { render } from '../../messages/render.ts'
import { keyOf } from '../../rotations/lifecycle.ts'
import type { Refusal } from '../../rotations/refusal.ts'
import type { RunEnd } from '../../rotations/running/run-deps.ts'
import type { RunOptions, StartedRun } from '../../rotations/use-cases/begin-run.ts'
import { countRotation } from '../../store/rotations/counts.ts'
import type { Rotation } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import { StoreUnavailable } from '../../store/store-error.ts'
import { orThrow } from '../rotations/refusals.ts'
import { endInTime } from './end-in-time.ts'
import { countsJson, endJson } from './reasons.ts'
import { showRun } from './show-progress.ts'

/** Starts a run by `start` and waits for its end. Ctrl-C stops it after the batches under way. */
export async function followRun(
  store: Store,
  rotation: Rotation,
  start: (options: RunOptions) => Promise<StartedRun | Refusal>,
  { json }: { json?: true | undefined },
): Promise<void> {
  const stop = new AbortController()
  const onSignal = () => {
    stop.abort()
    endInTime(exitCodes.stopped)
  }
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
  const progress = showRun()
  try {
    const run = orThrow(await start({ signal: stop.signal, onProgress: progress.report }), rotation.rotation)
    const end = orThrow(await run.ended, rotation.rotation)
    progress.end()
    await printResult(store, rotation, end, json)
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
    throw new UserError(`${error.message} Then resume with roomkey resume ${rotation.rotation}.`, exitCodes.stopped)
  } finally {
    progress.end()
    process.removeListener('SIGINT', onSignal)
    process.removeListener('SIGTERM', onSignal)
  }
}

async function printResult(store: Store, rotation: Rotation, end: RunEnd, json: true | undefined): Promise<void> {
  const { rooms, refused, held } = await countRotation(store.db, keyOf(rotation))
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ rotation: rotation.rotation, ...endJson(end), rooms, refused: countsJson(refused), held: countsJson(held) }, null, 2)}\n`,
    )
  } else {
    process.stdout.write(
      `Rotation ${rotation.rotation}: ${rooms.done} rooms have their new ID, ${rooms.refused} were refused, ${rooms.pending + rooms.sent + rooms.unsure} are left.\n`,
    )
    for (const { reason, count } of refused.slice(0, 10))
      process.stdout.write(`  ${count} refused: ${render(reason)}\n`)
    for (const { reason, count } of held) process.stdout.write(`  ${count} held: ${render(reason)}\n`)
    if (end.end === 'finished') process.stdout.write(`Next: roomkey verify ${rotation.rotation}\n`)
  }
  if (end.end === 'finished') {
    process.exitCode = end.refused + (end.held ?? 0) > 0 ? exitCodes.refusedItems : exitCodes.done
    return
  }
  throw new UserError(
    `${render(end.reason)} Resume it with roomkey resume ${rotation.rotation}.`,
    end.kind === 'denied' ? exitCodes.targetRefused : exitCodes.stopped,
  )
}
