/** Makes a plan, and shows it. */
import { createWriteStream } from 'node:fs'
import { UserError } from '../../errors.ts'
import { writeReportCsv } from '../../rotations/afterwards/report.ts'
import { type Choice, describeChoice } from '../../rotations/planning/choose.ts'
import { estimate, sayEstimate } from '../../rotations/planning/estimate.ts'
import { makePlan, type PlanSummary } from '../../rotations/planning/make-plan.ts'
import { type IdSource, templateFault } from '../../rotations/planning/new-ids.ts'
import { planQuestions } from '../../rotations/planning/plan-questions.ts'
import { getRotation } from '../../store/rotations/rotations.ts'
import { secureRandomText } from '../../store/secure-random.ts'
import type { Store } from '../../store/store.ts'
import { targetUrl } from '../options/target-tokens.ts'
import { showCount } from '../output/show-progress.ts'
import { readPeopleCsv } from './people-csv.ts'
import { connectTarget, profileOf, type TargetSession, withRotations } from './rotation-setup.ts'

export interface PlanOptions {
  site: string
  target?: string | undefined
  people?: string | undefined
  department?: string | undefined
  olderThan?: number | undefined
  guessable?: true | undefined
  pinnedToo?: true | undefined
  leaveOut?: string | undefined
  ids: string
  bits: number
  prefix: string
  canary: number
  freeze?: true | undefined
  out?: string | undefined
  data?: string | undefined
  database?: string | undefined
  json?: true | undefined
}

export async function runPlan(options: PlanOptions): Promise<void> {
  const source = readSource(options)
  const choice = await readChoice(options)
  if (source.kind === 'csv' && (choice.who !== 'listed' || [...choice.people.values()].every(id => id === null))) {
    throw new UserError('--ids csv needs --people FILE with a column personalMeetingRoomId.')
  }
  const kept = options.leaveOut === undefined ? new Map<string, null>() : await readPeopleCsv(options.leaveOut)
  const url = targetUrl(options)

  await withRotations(options, async store => {
    const wired = connectTarget(url, options)
    const progress = showCount('people read')
    const began = Date.now()
    const summary = await makePlan(
      {
        siteUrl: options.site.toLowerCase(),
        target: url,
        profile: profileOf(url),
        choice,
        source,
        canary: options.canary,
        freeze: options.freeze ?? false,
      },
      {
        store,
        client: wired.client,
        draw: secureRandomText,
        questions: await planQuestions(store, {
          siteUrl: options.site,
          kept,
          choice,
          pinnedToo: options.pinnedToo ?? false,
        }),
        now: Date.now,
        onProgress: progress.count,
      },
    ).finally(progress.end)
    await showPlan(store, summary, wired, options, Date.now() - began)
  })
}

/** Writes the plan for people and prints what it comes to; also used for a plan that takes a rotation back. */
export async function showPlan(
  store: Store,
  summary: PlanSummary,
  { governor }: TargetSession,
  options: Pick<PlanOptions, 'out' | 'json'>,
  readingMs: number,
): Promise<void> {
  const { key, hash, moves, left, warnings, bits } = summary
  const rotation = await getRotation(store.db, key)
  const file = options.out ?? `rotation-${key.rotation}.csv`
  await writeReportCsv(store.db, key, createWriteStream(file))
  const expected = estimate(summary, rotation.profile, governor.callsPerSecond)

  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ rotation: key.rotation, ...summary, key: undefined, file, expected }, null, 2)}\n`,
    )
    return
  }
  const lines = [
    `Rotation ${key.rotation} of ${rotation.site_url}: ${people(moves)} will get a new link; nothing is changed yet.`,
    `  plan      ${hash.slice(0, 16)} (${file} shows it line by line; read in ${Math.ceil(readingMs / 1000)} s)`,
    `  people    ${rotation.choice}`,
    `  new IDs   ${sayBits(rotation.source, bits)}`,
    `  run       ${sayEstimate(expected)}`,
    ...left.map(({ reason, count }, index) => `${index === 0 ? '  left out ' : '           '} ${count}: ${reason}`),
    ...warnings.map(warning => `  note      ${warning}`),
    '',
    `Next: roomkey rehearse ${key.rotation}, or roomkey run ${key.rotation}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people`
}

function sayBits(source: string, bits: number | null): string {
  const { kind } = JSON.parse(source) as IdSource
  if (kind === 'snapshot') return 'the ones from before'
  if (kind === 'csv') return 'from the CSV'
  if (kind === 'system' || bits === null) return 'by the rule of the site'
  return `${kind}, ${bits.toFixed(0)} bits: one guess in ${(2 ** bits).toExponential(0)} is right`
}

function readSource({ ids, bits, prefix }: PlanOptions): IdSource {
  if (!/^[A-Za-z0-9._-]{0,40}$/.test(prefix)) {
    throw new UserError('--prefix may hold up to 40 letters, digits, ".", "-" and "_".')
  }
  if (ids === 'system' || ids === 'csv') return { kind: ids }
  if (ids === 'random') return { kind: 'random', prefix, bits }
  if (ids === 'words') return { kind: 'words', bits }
  if (!ids.includes('{')) throw new UserError('--ids must be random, words, system, csv or a template with {…} in it.')
  const fault = templateFault(ids)
  if (fault !== undefined) throw new UserError(fault)
  return { kind: 'template', template: ids }
}

async function readChoice({ people, department, olderThan, guessable }: PlanOptions): Promise<Choice> {
  const choices: Choice[] = []
  if (people !== undefined) choices.push({ who: 'listed', file: people, people: await readPeopleCsv(people) })
  if (department !== undefined) choices.push({ who: 'department', department })
  if (olderThan !== undefined) choices.push({ who: 'olderThan', days: olderThan })
  if (guessable) choices.push({ who: 'guessable' })
  if (choices.length > 1) {
    throw new UserError(`Choose people in one way, not by ${choices.map(describeChoice).join(' and ')}.`)
  }
  return choices[0] ?? { who: 'everyone' }
}
