/** From what a caller asks of a rotation to what the engine takes. */
import { parse } from 'csv-parse/sync'
import { guessability } from '../audit/guessability.ts'
import type { Choice, Questions } from '../rotation/choose.ts'
import { type IdSource, templateFault } from '../rotation/new-ids.ts'
import { agesOfIds, pinnedPeople } from '../store/room-marks.ts'
import type { Db } from '../store/tables.ts'
import type { NewRotationRequest } from '../wire/rotations.ts'
import { refuse } from './errors.ts'

const dayMs = 24 * 60 * 60 * 1000
/** An ID that somebody who knows the directory has after so many guesses is guessable. */
const guessesTooFew = 1_000_000

export function readIds(ids: NewRotationRequest['ids'], choice: Choice): IdSource {
  if (ids.kind === 'template') {
    const fault = templateFault(ids.template)
    if (fault !== undefined) throw refuse(400, fault)
  }
  if (ids.kind === 'csv' && !(choice.who === 'listed' && [...choice.people.values()].some(id => id !== null))) {
    throw refuse(400, 'For IDs from a CSV, give a list with the column personalMeetingRoomId.')
  }
  return ids as IdSource
}

export function readPeople(people: NewRotationRequest['people']): Choice {
  return people.who === 'listed' ? { who: 'listed', file: people.name, people: readList(people.csv) } : people
}

/** By e-mail in lower case or by person ID, each with the ID given, or null. */
function readList(csv: string): Map<string, string | null> {
  let rows: Record<string, string>[]
  try {
    rows = parse(csv, { bom: true, columns: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    throw refuse(400, `The list is not well-formed CSV: ${(error as Error).message}; mend it and try again.`)
  }
  const people = new Map<string, string | null>()
  for (const [index, { email, personId, personalMeetingRoomId }] of rows.entries()) {
    const address = email?.toLowerCase() || personId
    if (!address) throw refuse(400, `Row ${index + 1} of the list names nobody; give it an email or a personId.`)
    if (people.has(address)) throw refuse(400, `${address} is in the list twice; remove one of the rows.`)
    people.set(address, personalMeetingRoomId || null)
  }
  if (people.size === 0) throw refuse(400, 'The list names nobody; give a CSV with a column email or personId.')
  return people
}

export async function questionsOf(db: Db, siteUrl: string, choice: Choice): Promise<Questions> {
  const pinned = await pinnedPeople(db, siteUrl)
  const since = choice.who === 'olderThan' ? await agesOfIds(db, siteUrl) : new Map<string, number>()
  const now = Date.now()
  return {
    isGuessable: (person, roomId) => guessability({ ...person, username: null }, roomId).guesses <= guessesTooFew,
    isPinned: ({ personId }) => pinned.has(personId),
    ageInDays({ personId }) {
      const at = since.get(personId)
      return at === undefined ? null : (now - at) / dayMs
    },
  }
}
