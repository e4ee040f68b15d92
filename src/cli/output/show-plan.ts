/** Shows a plan: as a CSV line by line, and on standard output what it comes to. */
import type { TableDescription } from '../../directory/files/describe-table.ts'
import { streamPrivateFile } from '../../files/private-file.ts'
import { asMessage } from '../../messages/message.ts'
import { render } from '../../messages/render.ts'
import { writeReportCsv } from '../../rotations/afterwards/report.ts'
import { sayChanges, sayEstimate } from '../../rotations/planning/estimate.ts'
import type { IdSource } from '../../rotations/planning/new-ids.ts'
import { madePlan, type Planned } from '../../rotations/use-cases/have-plan-made.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import { getRotation } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import { fromStored } from '../../store/stored-message.ts'
import { countsJson } from './reasons.ts'

/** How a file with people was read, and sentences about its rows. */
export type ListFile = TableDescription & { notes: string[] }

export interface ShowPlanOptions {
  out?: string | undefined
  /** The files that the people of the plan came from. */
  lists?: ListFile[]
  json?: true | undefined
}

/** @param readingMs how long it took to read the rooms. */
export async function showPlan(
  store: Store,
  planned: Planned,
  options: ShowPlanOptions,
  readingMs: number,
): Promise<void> {
  const { key } = planned
  const { summary, expected } = madePlan(planned)
  const { hash, moves, left, warnings, bits } = summary
  const rotation = await getRotation(store.db, key)
  const file = options.out ?? `rotation-${key.rotation}.csv`
  await writePlanFile(store, key, file)

  if (options.json) {
    const { key: _, ...known } = summary
    const texts = { left: countsJson(left), warnings: warnings.map(render), warningMessages: warnings.map(asMessage) }
    const plan = { rotation: key.rotation, ...known, ...texts, file, expected, lists: options.lists }
    process.stdout.write(`${JSON.stringify(plan, null, 2)}\n`)
    return
  }
  const lines = [
    `Rotation ${key.rotation} of ${rotation.site_url}: ${people(moves)} will get a new link; nothing is changed yet.`,
    `  plan      ${hash.slice(0, 16)} (${file} shows it line by line; read in ${Math.ceil(readingMs / 1000)} s)`,
    `  people    ${render(fromStored(rotation.choice))}`,
    `  new IDs   ${describeIds(rotation.source, bits)}`,
    `  changes   ${sayChanges(summary)}`,
    `  run       ${sayEstimate(expected)}`,
    ...left.map(
      ({ reason, count }, index) => `${index === 0 ? '  left out ' : '           '} ${count}: ${render(reason)}`,
    ),
    ...warnings.map(warning => `  note      ${render(warning)}`),
    '',
    `Next: roomkey rehearse ${key.rotation}, or roomkey run ${key.rotation}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** The plan line by line. */
export async function writePlanFile(store: Store, key: RotationKey, file: string): Promise<void> {
  await streamPrivateFile(file, to => writeReportCsv(store.db, key, to))
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people`
}

function describeIds(source: string, bits: number | null): string {
  const { kind } = JSON.parse(source) as IdSource
  if (kind === 'snapshot') return 'the ones from before'
  if (kind === 'csv') return 'from the CSV'
  if (kind === 'system' || bits === null) return 'by the rule of the site'
  return `${kind}, ${bits.toFixed(0)} bits: one guess in ${(2 ** bits).toExponential(0)} is right`
}
