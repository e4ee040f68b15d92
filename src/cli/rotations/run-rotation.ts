/** Starts or resumes a rotation, and follows it to its end. */
import { resumeRotation } from '../../rotations/use-cases/resume.ts'
import { startRotation } from '../../rotations/use-cases/start.ts'
import type { RotationOptions } from '../options/rotation-options.ts'
import { followRun } from '../output/follow-run.ts'
import { requireRotation, withRotations } from './rotation-commands.ts'

export interface RunCommandOptions extends RotationOptions {
  workers: number
  stopAtRefused: number
  pauseAfterCanary?: true | undefined
  json?: true | undefined
}

const useCases = { run: startRotation, resume: resumeRotation }

export async function runCommand(name: string, as: keyof typeof useCases, options: RunCommandOptions): Promise<void> {
  const { workers, stopAtRefused, pauseAfterCanary = false } = options
  const gate = { maxShare: stopAtRefused / 100, after: 50 }
  await withRotations(options, async context => {
    const rotation = await requireRotation(context, name, options.site)
    const begin = useCases[as]
    await followRun(
      context.store,
      rotation,
      how => begin(context, rotation, { ...how, workers, gate, pauseAfterCanary }),
      options,
    )
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
      onProgress: progress.report,
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
