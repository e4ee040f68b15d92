/** Starts or resumes a rotation, and follows it to its end. */
import { isUnplanned } from '../../rotations/lifecycle.ts'
import { resumeRotation } from '../../rotations/use-cases/resume.ts'
import { resumePlan } from '../../rotations/use-cases/resume-plan.ts'
import { startRotation } from '../../rotations/use-cases/start.ts'
import type { PaceOptions } from '../options/pace-options.ts'
import type { RotationOptions } from '../options/rotation-options.ts'
import { followPlan } from '../output/follow-plan.ts'
import { followRun } from '../output/follow-run.ts'
import { showPlan } from '../output/show-plan.ts'
import { orThrow } from './refusals.ts'
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
    if (as === 'resume' && isUnplanned(rotation)) {
      const began = Date.now()
      const planned = await followPlan(how => resumePlan(context, rotation, how))
      return showPlan(context.store, orThrow(planned, name), options, Date.now() - began)
    }
    const begin = useCases[as]
    await followRun(
      context.store,
      rotation,
      how => begin(context, rotation, { ...how, workers, gate, pauseAfterCanary }),
      options,
    )
  })
}
