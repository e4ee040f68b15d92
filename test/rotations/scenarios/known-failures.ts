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

export const knownFailures: KnownFailure[] = [
  { faults: [], undoAfter: 'crash', promises: ['stages', 'undone'] },
  { faults: ['staleSteady'], undoAfter: 'run', promises: ['undone'] },
  { faults: ['staleFlipping'], undoAfter: 'run', promises: ['undone'] },
  { faults: ['noEmail', 'staleSteady'], promises: ['ends', 'undone'] },
  { faults: ['htmlList'], promises: ['stages'] },
  { faults: ['halfInOrder'], promises: ['undone'] },
  { faults: ['partialApplied', 'staleSteady'], promises: ['ends'] },
  { faults: ['silentPilot'], promises: ['canary', 'letters'] },
  { faults: ['emailReused'], promises: ['claims', 'strangers'] },
  { faults: ['linkLoop'], promises: ['ends'] },
  { faults: ['otherIdAlways'], promises: ['ends', 'once', 'planned', 'undone'] },
  { faults: ['partialSkipped'], promises: ['ends', 'planned'] },
  { faults: ['partialSkippedPilot'], promises: ['ends'] },
  { faults: ['stormHuge'], promises: ['ends', 'undone'] },
  { faults: ['listDuplicates'], promises: ['letters', 'named', 'once', 'planned', 'undone'] },
  { faults: ['silentOne'], promises: ['letters'] },
  { faults: ['linkForeign'], promises: ['named'] },
  { faults: ['linkHttp'], promises: ['named'] },
  { faults: ['poison'], promises: ['served'] },
  { faults: ['htmlRead'], promises: ['stages'] },
  { faults: ['joinLinks'], promises: ['served', 'stages', 'undone'] },
  { faults: ['linkGarbage'], promises: ['stages'] },
  { faults: ['nullNames'], promises: ['stages'] },
  { faults: ['nullSites'], promises: ['stages'] },
  { faults: ['redirectRead'], promises: ['served', 'stages', 'undone'] },
  { faults: ['withoutEmails'], promises: ['stages'] },
  { faults: ['freedReserved'], promises: ['undone'] },
  { faults: ['otherIdOnce'], promises: ['undone'] },
]

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
