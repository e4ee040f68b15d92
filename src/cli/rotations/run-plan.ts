/** Reads what to plan from the options, has it planned, and shows the plan. */

import type { PeopleList } from '../../directory/files/people-list.ts'
import { UserError } from '../../errors.ts'
import { render } from '../../messages/render.ts'
import { type Choice, describeChoice } from '../../rotations/planning/choose.ts'
import type { IdSource } from '../../rotations/planning/new-ids.ts'
import { profileBy } from '../../rotations/target/probed-profile.ts'
import { planRotation } from '../../rotations/use-cases/plan.ts'
import { findSite } from '../../store/sites/sites.ts'
import type { Store } from '../../store/store.ts'
import type { PaceOptions } from '../options/pace-options.ts'
import { readProfileFile } from '../options/profile-file.ts'
import { readListFile, sayTable } from '../options/tables.ts'
import { profileOf } from '../options/target-route.ts'
import { targetUrl } from '../options/target-tokens.ts'
import { followPlan } from '../output/follow-plan.ts'
import { type ListFile, showPlan } from '../output/show-plan.ts'
import { orThrow } from './refusals.ts'
import { withRotations } from './rotation-commands.ts'

export interface PlanOptions extends PaceOptions {
  site: string
  target?: string | undefined
  people?: string | undefined
  department?: string | undefined
  olderThan?: number | undefined
  guessable?: true | undefined
  pinnedToo?: true | undefined
  leaveOut?: string | undefined
  allowUnmatched?: true | undefined
  encoding?: string | undefined
  ids: string
  bits: number
  prefix: string
  canary: number
  fresh: number
  overwriteChanged?: true | undefined
  profile?: string | undefined
  freeze?: true | undefined
  out?: string | undefined
  data?: string | undefined
  database?: string | undefined
  json?: true | undefined
}

export async function runPlan(options: PlanOptions): Promise<void> {
  const {
    site,
    canary,
    freeze = false,
    leaveOut,
    pinnedToo = false,
    allowUnmatched = false,
    overwriteChanged,
  } = options
  const lists: ListFile[] = []
  // What is wrong with the files is said first: without a service, too.
  const choice = await readChoice(options, lists)
  const source = readSource(options)
  const retained = leaveOut === undefined ? null : await readList(leaveOut, options, lists, 'leftOut')
  const cautions = { freshMs: options.fresh, overwriteChanged }
  const wishes = { choice, source, canary, freeze, retained, allowUnmatched, pinnedToo, ...cautions }
  const probed = options.profile === undefined ? undefined : await readProfileFile(options.profile)
  await withRotations(options, async context => {
    const began = Date.now()
    const target = (options.target === undefined && (await mirroredAt(context.store, site))) || targetUrl(options)
    const assumed = profileOf(target)
    const profile = probed === undefined ? assumed : profileBy(assumed, probed.answers)
    const request = { siteUrl: site, target, profile, ...wishes }
    const planned = await followPlan(how => planRotation(context, request, how))
    await showPlan(context.store, orThrow(planned, site), { ...options, lists }, Date.now() - began)
  })
}

/** Where a mirrored site is read from; undefined for other sites. */
async function mirroredAt({ db }: Store, siteUrl: string): Promise<string | undefined> {
  return (await findSite(db, siteUrl))?.target ?? undefined
}

function readSource({ ids, bits, prefix }: PlanOptions): IdSource {
  if (!/^[A-Za-z0-9._-]{0,40}$/.test(prefix)) {
    throw new UserError('--prefix may hold up to 40 letters, digits, ".", "-" and "_".')
  }
  if (ids === 'system' || ids === 'csv') return { kind: ids }
  if (ids === 'random') return { kind: 'random', prefix, bits }
  if (ids === 'words') return { kind: 'words', bits }
  if (!ids.includes('{')) throw new UserError('--ids must be random, words, system, csv or a template with {…} in it.')
  return { kind: 'template', template: ids }
}

/** Reads the list of people who are chosen, or left out, and adds to `lists` how it was read. */
async function readList(
  file: string,
  { site, encoding, json, ids }: PlanOptions,
  lists: ListFile[],
  who: 'chosen' | 'leftOut',
): Promise<PeopleList> {
  const { list, table, notes } = await readListFile(file, { site, encoding })
  const unusedIds = (who === 'leftOut' || ids !== 'csv') && 'personalMeetingRoomId' in table.columns
  const about = who === 'chosen' ? 'Its IDs are not used; --ids csv would use them.' : 'Its IDs are not used.'
  const read = { ...table, notes: unusedIds ? [...notes, about] : notes }
  lists.push(read)
  if (!json) sayTable(read)
  return list
}

async function readChoice(options: PlanOptions, lists: ListFile[]): Promise<Choice> {
  const { people, department, olderThan, guessable } = options
  const choices: Choice[] = []
  if (people !== undefined) choices.push({ who: 'listed', ...(await readList(people, options, lists, 'chosen')) })
  if (department !== undefined) choices.push({ who: 'department', department })
  if (olderThan !== undefined) choices.push({ who: 'olderThan', days: olderThan })
  if (guessable) choices.push({ who: 'guessable' })
  if (choices.length > 1) {
    throw new UserError(
      `Choose people in one way, not by ${choices.map(choice => render(describeChoice(choice))).join(' and ')}.`,
    )
  }
  return choices[0] ?? { who: 'everyone' }
}
