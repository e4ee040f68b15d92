/** From what a caller asks of a rotation to what the engine takes. */
import { parse } from 'csv-parse/sync'
import type { Choice } from '../rotation/choose.ts'
import { type IdSource, templateFault } from '../rotation/new-ids.ts'
import type { NewRotationRequest } from '../wire/rotations.ts'
import { refuse } from './errors.ts'

const columns = ['email', 'personId', 'personalMeetingRoomId']

/** @throws ApiError 400 */
export function readPeople(people: NewRotationRequest['people']): Choice {
  return people.who === 'listed' ? { who: 'listed', file: people.name, people: readList(people.csv) } : people
}

/** @throws ApiError 400 */
export function readIds(ids: NewRotationRequest['ids'], choice: Choice): IdSource {
  if (ids.kind === 'template') {
    const fault = templateFault(ids.template)
    if (fault !== undefined) throw refuse(400, fault)
  }
  if (ids.kind === 'csv' && !(choice.who === 'listed' && [...choice.people.values()].some(id => id !== null))) {
    throw refuse(400, 'For IDs from a CSV, give a list of people with the column personalMeetingRoomId.')
  }
  return ids as IdSource
}

/** By e-mail in lower case or by person ID, each with the ID given, or null. */
function readList(csv: string): Map<string, string | null> {
  const people = new Map<string, string | null>()
  for (const [index, { email, personId, personalMeetingRoomId }] of readRows(csv).entries()) {
    const address = email?.toLowerCase() || personId
    if (!address) throw refuse(400, `Row ${index + 1} of the list names nobody; give it an email or a personId.`)
    if (people.has(address)) throw refuse(400, `${address} is in the list twice; remove one of the rows.`)
    people.set(address, personalMeetingRoomId || null)
  }
  if (people.size === 0) throw refuse(400, 'The list names nobody; give a CSV with a column email or personId.')
  return people
}

function readRows(csv: string): Record<string, string>[] {
  let names: string[] = []
  let rows: Record<string, string>[]
  try {
    const header = (found: string[]) => {
      names = found
      return found
    }
    rows = parse(csv, { bom: true, columns: header, skip_empty_lines: true, trim: true })
  } catch (error) {
    throw refuse(400, `The list is not well-formed CSV: ${(error as Error).message}; mend it and try again.`)
  }
  const unknown = names.find(name => !columns.includes(name))
  if (unknown !== undefined) {
    throw refuse(400, `The list has an unknown column ${JSON.stringify(unknown)}; use ${columns.join(', ')}.`)
  }
  return rows
}
