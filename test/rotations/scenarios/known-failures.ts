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
  { faults: ['htmlList'], promises: ['stages'] },
  { faults: ['htmlRead'], promises: ['stages', 'served', 'undone'] },
  { faults: ['joinLinks'], promises: ['served', 'stages', 'undone'] },
  { faults: ['linkForeign'], promises: ['named'] },
  { faults: ['linkGarbage'], promises: ['stages'] },
  { faults: ['linkHttp'], promises: ['named'] },
  { faults: ['linkLoop'], promises: ['ends'] },
  { faults: ['nullNames'], promises: ['stages'] },
  { faults: ['nullSites'], promises: ['stages'] },
  { faults: ['redirectRead'], promises: ['served', 'stages', 'undone'] },
  { faults: ['stormHuge'], promises: ['ends', 'undone'] },
  { faults: ['withoutEmails'], promises: ['stages'] },
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
