/** What does not hold yet. Empty in the end; an entry that has come to hold fails the long run, so that it goes. */
import type { FaultName } from '../../../devtools/target-double/faults.ts'
import type { Breach, PromiseName } from './promises.ts'
import type { Scenario } from './scenario.ts'

export interface KnownFailure {
  /** All of them are in the scenario. */
  faults: FaultName[]
  promises: PromiseName[]
}

export const knownFailures: KnownFailure[] = []

export function knownFailureOf({ faults }: Scenario, { promise }: Breach): KnownFailure | undefined {
  return knownFailures.find(
    known => known.faults.every(name => faults.includes(name)) && known.promises.includes(promise),
  )
}
