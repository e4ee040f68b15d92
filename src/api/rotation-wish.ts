/** From what a caller asks of a rotation to what the engine takes. */
import { parse } from 'csv-parse/sync'
import type { Choice } from '../rotation/choose.ts'
import { type IdSource, templateFault } from '../rotation/new-ids.ts'
import { say } from '../sentences/say.ts'
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
    throw refuse(400, say('listWithoutIds'))
  }
  return ids as IdSource
}

/** By e-mail in lower case or by person ID, each with the ID given, or null. */
function readList(csv: string): Map<string, string | null> {
  const people = new Map<string, string | null>()
  for (const [index, { email, personId, personalMeetingRoomId }] of readRows(csv).entries()) {
    const address = email?.toLowerCase() || personId
    if (!address) throw refuse(400, say('listNames', { row: index + 1 }))
    if (people.has(address)) throw refuse(400, say('listTwice', { address }))
    people.set(address, personalMeetingRoomId || null)
  }
  if (people.size === 0) throw refuse(400, say('listEmpty'))
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
    throw refuse(400, say('listBroken', { why: (error as Error).message }))
  }
  const unknown = names.find(name => !columns.includes(name))
  if (unknown !== undefined) {
    throw refuse(400, say('listColumn', { column: JSON.stringify(unknown), columns: columns.join(', ') }))
  }
  return rows
}
