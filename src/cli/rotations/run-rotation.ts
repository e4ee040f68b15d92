/** Starts or resumes a rotation, and follows it to its end. */
import { resumeRotation } from '../../rotations/use-cases/resume.ts'
import { startRotation } from '../../rotations/use-cases/start.ts'
import type { PaceOptions } from '../options/pace-options.ts'
import type { RotationOptions } from '../options/rotation-options.ts'
import { followRun } from '../output/follow-run.ts'
import { requireRotation, withRotations } from './rotation-commands.ts'

export interface RunCommandOptions extends RotationOptions, PaceOptions {
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
