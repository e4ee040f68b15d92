/** What came of an import, in words. */
import { tidiedNote } from './files/listed-people.ts'
import type { State } from './files/state/person-state.ts'
import type { Checked } from './import-people.ts'

/** Faults that are printed; the rest is counted. */
const maxFaultsShown = 20

export interface AboutImport {
  siteUrl: string
  file: string
  dryRun: boolean
  partial: boolean
}

const suspended = 'added as suspended: the ID is reserved, the link is dead'
const withoutRoom = 'added without a room'
const leftOut = 'not imported'

/** What an import does with people who are no active hosts, and rows that are nobody of the site. */
export const stateOutcomes: Record<State, { said: string; outcome: string }> = {
  disabled: { said: 'disabled, blocked or inactive', outcome: suspended },
  suspended: { said: 'suspended', outcome: suspended },
  archived: { said: 'archived', outcome: suspended },
  deleted: { said: 'deleted', outcome: suspended },
  pending: { said: 'invited or pending, not active yet', outcome: suspended },
  attendee: { said: 'attendee', outcome: withoutRoom },
  unlicensed: { said: 'without a licence for this site', outcome: withoutRoom },
  guest: { said: 'guest', outcome: withoutRoom },
  resource: { said: 'room mailbox, shared mailbox, group or other resource', outcome: leftOut },
  elsewhere: { said: 'of another site', outcome: leftOut },
}

export function renderImport(checked: Checked, added: number, about: AboutImport): string {
  const { good, present, faulty, faults, states, tidied } = checked
  const shown = faults.slice(0, maxFaultsShown)
  const lines = shown.map(({ line, fault }) => `  line ${line}: ${fault}`)
  if (faulty > shown.length) lines.push(`  … and ${faulty - shown.length} more`)
  if (faulty > 0) lines.unshift(`${about.file} has ${rows(faulty)} that cannot be imported:`)

  if (about.dryRun) lines.push(`${people(good)} would be added to ${about.siteUrl}; nothing was written.`)
  else if (faulty > 0 && !about.partial) {
    lines.push(`Nothing was imported; fix these rows, or add the other ${people(good)} with --partial.`)
  } else lines.push(`${people(added)} added to ${about.siteUrl}.`)
  for (const [state, { said, outcome }] of Object.entries(stateOutcomes) as [
    State,
    { said: string; outcome: string },
  ][]) {
    const count = states[state]
    if (count !== undefined) lines.push(`  ${count.toLocaleString('en')} ${said}: ${outcome}.`)
  }
  if (tidied.length > 0) lines.push(`  ${tidiedNote(tidied)}`)
  if (present > 0) lines.push(`${people(present)} already exist and stay as they are.`)
  return `${lines.join('\n')}\n`
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${count.toLocaleString('en')} people`
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count.toLocaleString('en')} rows`
}
