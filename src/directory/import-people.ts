/**
 * Imports a directory export in two passes over the file: the first checks every row against the others and against the
 * site and writes nothing; the second writes, thousands of people in each transaction. People who already exist on the
 * site stay as they are, so an interrupted import can be run again.
 */
import { UserError } from '../errors.ts'
import { emailKey } from '../rooms/email-address.ts'
import { roomIdKey } from '../rooms/room-id.ts'
import type { Actor } from '../store/audit-log/audit-events.ts'
import type { AdmissionRefusal } from '../store/people/admit-people.ts'
import { findTaken, givenIdFaults } from '../store/people/admit-people.ts'
import { newPersonId } from '../store/people/new-person-id.ts'
import type { NewPerson } from '../store/people/people.ts'
import type { Site } from '../store/sites/sites.ts'
import type { Store } from '../store/store.ts'
import { inSlices } from './files/in-slices.ts'
import { checkImportColumns, type Row, readPeople } from './files/read-people.ts'
import type { ImportedPerson } from './files/read-row.ts'
import type { Table } from './files/read-table.ts'
import type { State } from './files/state/person-state.ts'
import { SeenKeys } from './seen-keys.ts'

/** The more people in a transaction, the more rows of each index page are written together. */
const peoplePerWrite = 1000

export interface ImportDeps {
  store: Store
  site: Site
  table: Table
  actor: Omit<Actor, 'now'>
  /** Called with how many bytes of how many were read, and in which pass. */
  onProgress(pass: 'check' | 'import', read: number, total: number): void
}

export interface Fault {
  line: number
  fault: string
}

export interface Checked {
  /** Rows with a person who can be added. */
  good: number
  /** Rows with a person who already exists on the site. */
  present: number
  faulty: number
  /** The first of the faults. */
  faults: Fault[]
  /** Whether some rows bring an ID while others need one made from a name. */
  mixedIds: boolean
  /** By what the file says of them: people who are no active hosts, and rows that are nobody of this site. */
  states: Partial<Record<State, number>>
  /** Lines of addresses that were not written plainly. */
  tidied: number[]
}

/** More than that nobody reads. */
const maxFaultsKept = 1000

/** The first pass: checks the file. Writes nothing. */
export async function checkPeople({ store, site, table, onProgress }: ImportDeps): Promise<Checked> {
  const siteUrl = site.url.toLowerCase()
  checkImportColumns(table, siteUrl)
  const seen = { email: new SeenKeys(), personId: new SeenKeys(), roomId: new SeenKeys() }
  const states: Checked['states'] = {}
  const tidied: number[] = []
  const checked: Checked = { good: 0, present: 0, faulty: 0, faults: [], mixedIds: false, states, tidied }
  const kinds = new Set<boolean>()
  const blame = (fault: Fault) => {
    checked.faulty += 1
    if (checked.faults.length < maxFaultsKept) checked.faults.push(fault)
  }

  const count = (state: State) => {
    states[state] = (states[state] ?? 0) + 1
  }

  const checking = readPeople(table, siteUrl, read => onProgress('check', read, table.size))
  for await (const rows of inSlices(checking, peoplePerWrite)) {
    const people: Good[] = []
    for (const row of rows) {
      if ('fault' in row) blame(row)
      else if ('passedOver' in row) count(row.passedOver)
      else {
        const fault = repeats(seen, row)
        if (fault === undefined) people.push(row)
        else blame({ line: row.line, fault })
      }
    }
    const faults = await faultsOnSite(store, site, people)
    for (const [index, { line, person, state, note }] of people.entries()) {
      const fault = faults.get(index)
      if (fault === 'EmailTaken') checked.present += 1
      else if (fault !== undefined) blame({ line, fault: wordsFor(fault, person) })
      else {
        checked.good += 1
        if (state !== null) count(state)
        if (note !== undefined) tidied.push(line)
        if (person.host) kinds.add(person.roomId === null)
      }
    }
  }
  return { ...checked, mixedIds: kinds.size > 1 }
}

/** The second pass: adds everybody whose row is valid, and returns how many. */
export async function importPeople(deps: ImportDeps, { mixedIds }: Checked): Promise<number> {
  // Where a rule makes IDs from names, the IDs given in the file go first, so that none of them is already taken.
  const passes = mixedIds
    ? [(row: ImportedPerson) => row.roomId !== null, (row: ImportedPerson) => row.roomId === null]
    : [() => true]
  let added = 0
  for (const [index, belongs] of passes.entries()) added += await importPass(deps, belongs, index, passes.length)
  return added
}

async function importPass(
  { store, site, table, actor, onProgress }: ImportDeps,
  belongs: (person: ImportedPerson) => boolean,
  index: number,
  passes: number,
): Promise<number> {
  const total = table.size
  const seen = { email: new SeenKeys(), personId: new SeenKeys(), roomId: new SeenKeys() }
  let added = 0
  const onRead = (read: number) => onProgress('import', (index * total + read) / passes, total)
  for await (const rows of inSlices(readPeople(table, site.url.toLowerCase(), onRead), peoplePerWrite)) {
    const right = rows.filter(row => 'person' in row && repeats(seen, row) === undefined) as Good[]
    const wanted = right.filter(({ person }) => belongs(person))
    const faults = await faultsOnSite(store, site, wanted)
    const people = wanted.filter((_, item) => !faults.has(item)).map(({ person }) => asNewPerson(person))
    if (people.length === 0) continue
    const outcome = await store.write('admitPeople', {
      ...actor,
      now: Date.now(),
      siteId: site.site_id,
      people,
      auditAction: null,
    })
    if ('refusals' in outcome) {
      const { item } = outcome.refusals[0]!
      throw new UserError(
        `Somebody else has changed the site in the meantime, so ${people[item]!.email} can no longer be added (${added} people were). Run the import again.`,
      )
    }
    added += outcome.admitted
  }
  return added
}

type Good = Extract<Row, { person: ImportedPerson }>

/** Records a row's keys, and reports which one an earlier row already had. */
function repeats(seen: Record<'email' | 'personId' | 'roomId', SeenKeys>, { line, person }: Good): string | undefined {
  const earlier = seen.email.note(emailKey(person.email), line)
  if (earlier !== undefined) return `${person.email} is already on line ${earlier}.`
  const samePerson = person.personId === null ? undefined : seen.personId.note(person.personId, line)
  if (samePerson !== undefined) return `Person ID ${person.personId} is already on line ${samePerson}.`
  const sameId = person.roomId === null ? undefined : seen.roomId.note(roomIdKey(person.roomId), line)
  if (sameId !== undefined) return `Personal meeting room ID ${person.roomId} is already on line ${sameId}.`
  return undefined
}

/** The conflicts of these people with the site, by their index in the list. */
async function faultsOnSite(
  { db }: Store,
  { site_id: siteId }: Site,
  people: Good[],
): Promise<Map<number, AdmissionRefusal['reason']>> {
  const newcomers = people.map(({ person }) => asNewPerson(person))
  const refusals = [
    ...(await givenIdFaults(db, siteId, newcomers, Date.now())),
    ...(await findTaken(db, siteId, newcomers)),
  ]
  return new Map(refusals.map(({ item, reason }) => [item, reason]))
}

function wordsFor(reason: AdmissionRefusal['reason'], person: ImportedPerson): string {
  if (reason === 'PersonIdTaken') return `Person ID ${person.personId} belongs to somebody else on this site.`
  return `Personal meeting room ID ${person.roomId} is being used by someone else.`
}

function asNewPerson(person: ImportedPerson): NewPerson {
  return { ...person, personId: person.personId ?? newPersonId() }
}
