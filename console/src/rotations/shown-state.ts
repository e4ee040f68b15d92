/** The state of a rotation as people should see it: what the service says, and what makes that more or less than it sounds. */
import type { RotationAnswer } from '../data/rotations.ts'
import { isActive } from '../data/rotations.ts'

export type ShownState =
  | RotationAnswer['state']
  | 'needsApproval'
  | 'pausing'
  | 'unknown'
  | 'finishedWithout'
  | 'undone'
  | 'partlyUndone'

type Shown = Pick<RotationAnswer, 'state' | 'approval' | 'pausing' | 'undone' | 'counts'>

/** @param lost whether the service does not answer: of what moves by itself nobody knows then how far it is. */
export function shownState(rotation: Shown, lost: boolean): ShownState {
  const { state, approval, pausing, undone, counts } = rotation
  if (isActive(rotation) && lost) return 'unknown'
  if (state === 'running' && pausing) return 'pausing'
  if (state === 'planned' && approval === 'needed') return 'needsApproval'
  if (isUndone(rotation)) return 'undone'
  if (undone !== null && undone.rooms > 0) return 'partlyUndone'
  return state === 'finished' && notChanged(counts) > 0 ? 'finishedWithout' : state
}

/** Whether every room that it changed has its old ID back. */
export function isUndone({ undone, counts }: Pick<RotationAnswer, 'undone' | 'counts'>): boolean {
  return undone !== null && undone.rooms > 0 && undone.rooms >= counts.done
}

/** Rooms that were to change and did not. */
export function notChanged({ refused, held }: RotationAnswer['counts']): number {
  return refused + held
}
