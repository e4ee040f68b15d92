import type { Rotation } from '../../store/rotations/rotations.ts'
import type { Refusal } from '../refusal.ts'
import { beginRun, type RunOptions, type StartedRun } from './begin-run.ts'
import type { RotationContext } from './context.ts'

/** Resumes a rotation that has stopped, or whose process has died. Resolves as `startRotation` does. */
export function resumeRotation(
  context: RotationContext,
  rotation: Rotation,
  options: RunOptions = {},
): Promise<StartedRun | Refusal> {
  return beginRun(context, rotation, 'resume', options)
}
