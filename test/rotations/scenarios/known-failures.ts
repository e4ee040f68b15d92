/** What does not hold yet. Empty in the end; an entry that has come to hold fails the long run, so that it goes. */
import type { FaultName } from '../../../devtools/target-double/faults.ts'
import type { Breach, PromiseName } from './promises.ts'
import type { Scenario } from './scenario.ts'

export interface KnownFailure {
  /** All of them are in the scenario. */
  faults: FaultName[]
  promises: PromiseName[]
  /** Only where the undo comes right after it: after a crash, or after a run without verification. */
  undoAfter?: 'crash' | 'run'
}

export const knownFailures: KnownFailure[] = []

export function knownFailureOf({ faults, kill, undo }: Scenario, { promise }: Breach): KnownFailure | undefined {
  const undoAfter = new Set<string | undefined>([
    undefined,
    ...(kill?.next === 'undo' ? ['crash'] : []),
    ...(undo === 'immediately' ? ['run'] : []),
  ])
  return knownFailures.find(
    known =>
      known.faults.every(name => faults.includes(name)) &&
      known.promises.includes(promise) &&
      undoAfter.has(known.undoAfter),
  )
}
