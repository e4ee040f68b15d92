/** What the form for a new plan holds, how it changes, and the request it makes. */
import type { ListedRotationRequest, NewRotationRequest } from '../../../../src/wire/rotations/new-rotation.ts'
import { type Csv, hasIds } from '../csv.ts'

export const whoChoices = ['guessable', 'everyone', 'olderThan', 'department', 'selected', 'csv'] as const
export type Who = (typeof whoChoices)[number]
type Ids = NewRotationRequest['ids']

export interface PlanForm {
  target: NonNullable<NewRotationRequest['target']>
  who: Who
  days: number
  /** Empty until one is chosen: the first department counts. */
  department: string
  csv: Csv | null
  kind: Ids['kind']
  bits: number
  template: string
  canary: number
  freeze: boolean
  /** Whether rooms that their hosts change before their turn are changed all the same; else they are held. */
  overwriteChanged: boolean
  /** Whether people of a list who are not on the site are left out; else they are an error. */
  allowUnmatched: boolean
}

export type PlanFormAction = { set: Partial<PlanForm> } | { takeCsv: Csv }

interface Asked {
  /** `?who=` of the address: a link may lead to a choice. */
  asked: string | null
  csv: Csv | null
  /** Where the rooms of the site in view are. */
  target: PlanForm['target']
  allowUnmatched?: boolean
}

export function initialForm({ asked, csv, target, allowUnmatched = false }: Asked): PlanForm {
  const who = whoChoices.find(choice => choice === asked) ?? 'guessable'
  return {
    target,
    who,
    days: 365,
    department: '',
    csv,
    kind: who === 'csv' && hasIds(csv) ? 'csv' : 'random',
    bits: 60,
    template: '{last}-{random:13}',
    canary: 10,
    freeze: false,
    overwriteChanged: false,
    allowUnmatched,
  }
}

export function changeForm(form: PlanForm, action: PlanFormAction): PlanForm {
  if ('set' in action) return withPossibleKind({ ...form, ...action.set })
  const { takeCsv: csv } = action
  // Another list has other mistakes.
  return withPossibleKind({ ...form, csv, allowUnmatched: false, who: 'csv', kind: hasIds(csv) ? 'csv' : form.kind })
}

/** Whether the new IDs can come from the CSV: it names the people, and it has a column for them. */
export function offersCsvIds({ who, csv }: PlanForm): boolean {
  return who === 'csv' && hasIds(csv)
}

function withPossibleKind(form: PlanForm): PlanForm {
  return form.kind === 'csv' && !offersCsvIds(form) ? { ...form, kind: 'random' } : form
}

/** What the form does not hold itself: the rooms selected on another page, and the site's departments. */
export interface Surroundings {
  selected: readonly string[]
  /** What the list of selected people is called in the plan. */
  selectionName: string
  departments: readonly string[]
}

export function isComplete({ who, csv }: PlanForm, { selected }: Surroundings): boolean {
  if (who === 'csv') return csv !== null
  return who !== 'selected' || selected.length > 0
}

/** A plan to be asked for: of the people in a file, which is sent as it is, or of others. */
export type PlanWish = { request: NewRotationRequest } | { listed: ListedRotationRequest; table: Csv }

export function planWish(form: PlanForm, surroundings: Surroundings): PlanWish {
  const { canary, freeze, overwriteChanged, target, who, csv, allowUnmatched } = form
  const isListed = who === 'csv' || who === 'selected'
  const care = { canary, freeze, overwriteChanged }
  const listed = { ids: idsOf(form), ...care, target, ...(allowUnmatched && isListed ? { allowUnmatched } : {}) }
  if (who === 'csv' && csv !== null) return { listed, table: csv }
  return { request: { people: peopleOf(form, surroundings), ...listed } }
}

function peopleOf({ who, days, department }: PlanForm, surroundings: Surroundings): NewRotationRequest['people'] {
  const { selected, selectionName, departments } = surroundings
  switch (who) {
    case 'olderThan':
      return { who, days }
    case 'department':
      return { who, department: department || (departments[0] ?? '') }
    case 'selected':
      return { who: 'listed', name: selectionName, csv: `email\n${selected.join('\n')}\n` }
    case 'csv':
      throw new Error('There is no file.')
    default:
      return { who }
  }
}

function idsOf({ kind, bits, template }: PlanForm): Ids {
  if (kind === 'random') return { kind, prefix: '', bits }
  if (kind === 'words') return { kind, bits }
  return kind === 'template' ? { kind, template } : { kind }
}
