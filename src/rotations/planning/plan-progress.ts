/** How far the making of a plan is: saved with each page of the list of people, for whoever goes on with it. */
import type { PeopleList } from '../../directory/files/people-list.ts'
import type { Choice } from './choose.ts'
import type { PlanRequest } from './plan-request.ts'

export interface PlanProgress {
  /** Where the list of people continues, as the target gave it; null for its beginning, empty once it has been read. */
  next: string | null
  /** Entries of the list that were read, and how many of these are people of the site. */
  seen: number
  onSite: number
  /** Other sites that they are on, a few. */
  otherSites: string[]
  /** People who are not in the plan and whose rooms are not known. */
  unreadOutsiders: number
  /** Of those who are to be left out, whoever was met and has no line in the plan. */
  met: string[]
  /** How many rooms were known from the mirror of the target, and when the first of these was read. */
  known: number
  knownSince: number | null
}

export const atTheBeginning: PlanProgress = {
  next: null,
  seen: 0,
  onSite: 0,
  otherSites: [],
  unreadOutsiders: 0,
  met: [],
  known: 0,
  knownSince: null,
}

export function isListRead({ next }: PlanProgress): boolean {
  return next === ''
}

/** What was asked for, in JSON: in the same words whenever the same is asked for. */
export function writeRequest({ choice, retained, ...request }: PlanRequest): string {
  const list = (people: PeopleList | null) =>
    people && { file: people.file, people: [...people.people], lines: [...people.lines] }
  const chosen = choice.who === 'listed' ? { who: choice.who, ...list(choice) } : choice
  return JSON.stringify({ ...request, choice: chosen, retained: list(retained) })
}

export function readRequest<Request extends PlanRequest>(json: string): Request {
  const { choice, retained, ...request } = JSON.parse(json)
  const list = (people: {
    file: string
    people: [string, string | null][]
    lines: [string, number][]
  }): PeopleList => ({
    file: people.file,
    people: new Map(people.people),
    lines: new Map(people.lines),
  })
  const chosen: Choice = choice.who === 'listed' ? { who: 'listed', ...list(choice) } : choice
  return {
    ...request,
    choice: chosen,
    retained: retained && list(retained),
  } as Request
}
