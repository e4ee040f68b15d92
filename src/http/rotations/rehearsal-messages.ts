/** What the thread of a rehearsal and the one that starts it send each other. */
import type { PlanToCopy } from '../../rotations/rehearsal/copy-plan.ts'
import type { RehearsalRequest, Rehearsed } from '../../rotations/rehearsal/rehearse.ts'
import type { RunRefusal } from '../../rotations/running/run-deps.ts'
import type { PackedError } from '../../store/packed-error.ts'
import type { RotationItem } from '../../store/rotations/rotations.ts'

/** With what it begins. The lines of the plan follow when it asks for them. */
export interface RehearsalTask {
  plan: Omit<PlanToCopy, 'items'>
  request: Omit<RehearsalRequest, 'onProgress' | 'giveUp'>
}

/** Some lines of the plan; null after the last. */
export type PlanSlice = RotationItem[] | null

export type FromThread = 'more' | { result: Rehearsed | RunRefusal } | { error: PackedError }
