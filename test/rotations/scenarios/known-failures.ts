/** What does not hold yet. Empty in the end; an entry that has come to hold fails the long run, so that it goes. */
import type { FaultName } from '../../../devtools/target-double/faults.ts'
import type { Breach, PromiseName } from './promises.ts'
import type { Scenario } from './scenario.ts'

export interface KnownFailure {
  /** All of them are in the scenario. */
  faults: FaultName[]
  promises: PromiseName[]
}

export const knownFailures: KnownFailure[] = [
  { faults: ['silentPilot'], promises: ['canary', 'letters'] },
  { faults: ['emailReused'], promises: ['claims', 'strangers'] },
  { faults: ['linkLoop'], promises: ['ends'] },
  { faults: ['otherIdAlways'], promises: ['ends', 'once', 'planned', 'undone'] },
  { faults: ['partialSkipped'], promises: ['ends', 'planned'] },
  { faults: ['partialSkippedPilot'], promises: ['ends'] },
  { faults: ['stormHuge'], promises: ['ends'] },
  { faults: ['listDuplicates'], promises: ['letters', 'named', 'once', 'planned', 'undone'] },
  { faults: ['silentOne'], promises: ['letters'] },
  { faults: ['linkForeign'], promises: ['named'] },
  { faults: ['linkHttp'], promises: ['named'] },
  { faults: ['poison'], promises: ['served'] },
  { faults: ['htmlRead'], promises: ['stages'] },
  { faults: ['joinLinks'], promises: ['stages'] },
  { faults: ['linkGarbage'], promises: ['stages'] },
  { faults: ['nullNames'], promises: ['stages'] },
  { faults: ['nullSites'], promises: ['stages'] },
  { faults: ['redirectRead'], promises: ['stages'] },
  { faults: ['withoutEmails'], promises: ['stages'] },
  { faults: ['freedReserved'], promises: ['undone'] },
  { faults: ['otherIdOnce'], promises: ['undone'] },
]

export function knownFailureOf({ faults }: Scenario, { promise }: Breach): KnownFailure | undefined {
  return knownFailures.find(
    known => known.faults.every(name => faults.includes(name)) && known.promises.includes(promise),
  )
}
