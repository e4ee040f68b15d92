import type { Rotation } from '../../store/rotations/rotations.ts'
import type { Refusal } from '../refusal.ts'
import { beginRun, type RunOptions, type StartedRun } from './begin-run.ts'
import type { RotationContext } from './context.ts'

/** Starts a planned rotation. Resolves as soon as this process has taken it; then it runs until it ends or is paused. */
export function startRotation(
  context: RotationContext,
  rotation: Rotation,
  options: RunOptions = {},
): Promise<StartedRun | Refusal> {
  return beginRun(context, rotation, 'start', options)
}
