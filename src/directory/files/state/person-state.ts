/**
 * What a directory says about an account: may it sign in, was it accepted, is it a person's at all, and has it a room on
 * this site? No state is made up: an empty cell says nothing, and a word that is not known is a fault.
 */
import type { Cells } from '../cells.ts'
import type { Meaning } from '../column-names.ts'
import type { Columns } from '../columns.ts'
import { licenceOn } from './licence-columns.ts'
import { type State, stateOfWord } from './state-words.ts'
import { yesOrNo } from './yes-or-no.ts'

export type { State } from './state-words.ts'

/** Columns of yes and no, with what yes means. */
const flags: Partial<Record<Meaning, State>> = {
  suspended: 'suspended',
  archived: 'archived',
  disabled: 'disabled',
  deleted: 'deleted',
  pending: 'pending',
  resource: 'resource',
}

/** All columns that can say something about a state; licences come on top. */
export const stateMeanings = [
  ...(Object.keys(flags) as Meaning[]),
  'enabled',
  'status',
  'maybeState',
  'host',
  'role',
  'userType',
  'recipientType',
  'objectClass',
  'accountControl',
  'principalName',
  'siteUrl',
  'sites',
] as const satisfies Meaning[]

const activeHost: ReadonlySet<State> = new Set()

/** Whether no row of the table can say anything about a state. */
export function isStateless({ places, licences }: Columns): boolean {
  return licences.length === 0 && !stateMeanings.some(meaning => places.has(meaning))
}

/** The states that the row gives its account, none of them for an active host; or a fault as one sentence. */
export function readStates(cells: Cells, columns: Columns, siteUrl: string): ReadonlySet<State> | string {
  if (isStateless(columns)) return activeHost
  const states = new Set<State>()
  for (const [meaning, state] of Object.entries(flags) as [Meaning, State][]) {
    const cell = cells.plain(meaning)
    const said = yesOrNo(cell)
    // Some directories write when an account was deleted, others only whether.
    if (said === null && meaning !== 'deleted') {
      const word = stateOfWord(cell)
      if (word === undefined) return unknownWord(meaning, cell, columns)
      if (word !== 'active') states.add(word)
    } else if (said !== undefined && said !== false) states.add(state)
  }
  const enabled = cells.plain('enabled')
  const isEnabled = yesOrNo(enabled)
  if (isEnabled === false) states.add('disabled')
  for (const [meaning, word] of [
    ['status', cells.plain('status')],
    ...(isEnabled === null ? [['enabled', enabled]] : []),
  ] as [Meaning, string][]) {
    if (word === '') continue
    const state = stateOfWord(word)
    if (state === undefined) return unknownWord(meaning, word, columns)
    if (state !== 'active') states.add(state)
  }
  const named = stateOfWord(cells.plain('maybeState'))
  if (named !== undefined && named !== 'active') states.add(named)
  const host = yesOrNo(cells.plain('host'))
  if (host === null) return unknownWord('host', cells.plain('host'), columns)
  if (isAttendee(cells)) states.add('attendee')
  readKind(cells, states)
  readSites(cells, columns, siteUrl, states)
  return states
}

function readKind(cells: Cells, states: Set<State>): void {
  if (/^(?:guest|gast)/i.test(cells.plain('userType')) || /#ext#@/i.test(cells.plain('principalName')))
    states.add('guest')
  const type = cells.plain('recipientType')
  if (/room|equipment|shared|discovery|resource|team|group|contact|scheduling|publicfolder/i.test(type))
    states.add('resource')
  const objectClass = cells.plain('objectClass')
  if (/group|computer|contact|organizationalunit|printqueue/i.test(objectClass)) states.add('resource')
  // Bit 2 of Active Directory's userAccountControl is ACCOUNTDISABLE.
  const control = cells.plain('accountControl')
  if (/^\d+$/.test(control) && (Number(control) & 2) !== 0) states.add('disabled')
}

/** What the row says about this site among others. */
function readSites(cells: Cells, columns: Columns, siteUrl: string, states: Set<State>): void {
  const licence = licenceOn(siteUrl, columns.licences, cells.raw)
  if (licence === 'none') states.add('unlicensed')
  if (licence === 'attendee') states.add('attendee')
  if (licence === 'suspended') states.add('suspended')

  if (isElsewhere(cells, siteUrl)) states.add('elsewhere')
  const sites = cells.plain('sites')
  if (sites === '') return
  const accounts = sites.split(/[\s,;|[\]"']+/).map(account => account.toLowerCase())
  if (accounts.some(account => hostOf(account) === siteUrl && !account.includes('#attendee'))) return
  const attends = accounts.some(account => hostOf(account) === siteUrl)
  if (attends) states.add('attendee')
  else if (accounts.some(account => account.includes('.'))) states.add('unlicensed')
}

/** Whether the row says that the person may not host: in a column host, or a role such as Webex Meetings' ATTND. */
export function isAttendee(cells: Cells): boolean {
  return yesOrNo(cells.plain('host')) === false || /^att(?:nd|endee)|^teilnehmer/i.test(cells.plain('role'))
}

/** Whether the row names another site than this one, which is in lower case. */
export function isElsewhere(cells: Cells, siteUrl: string): boolean {
  const site = hostOf(cells.plain('siteUrl'))
  return site.includes('.') && site !== siteUrl
}

function hostOf(site: string): string {
  return site
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#?].*$/, '')
}

function unknownWord(meaning: Meaning, word: string, { header, places }: Columns): string {
  const name = header[places.get(meaning)?.[0] ?? -1] ?? meaning
  return `${name} says "${word.slice(0, 60)}", which is no state that is known; write active, suspended or pending there, or rename the column.`
}
