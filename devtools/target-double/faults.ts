/** Every fault that the imitated target can have, by name. */
import type { Fault } from './fault.ts'
import { lists } from './faults/lists.ts'
import { meanwhile } from './faults/meanwhile.ts'
import { oddAnswers } from './faults/odd-answers.ts'
import { pace } from './faults/pace.ts'
import { readings } from './faults/readings.ts'
import { refusals } from './faults/refusals.ts'
import { transport } from './faults/transport.ts'
import { untrueAnswers } from './faults/untrue-answers.ts'

const table = {
  ...refusals,
  ...untrueAnswers,
  ...oddAnswers,
  ...transport,
  ...lists,
  ...readings,
  ...pace,
  ...meanwhile,
}

export type FaultName = keyof typeof table

export const faults: Record<FaultName, Fault> = table

export const faultNames = Object.keys(table) as FaultName[]
