/** From what a caller asks of a rotation to what the engine takes. */
import { Readable } from 'node:stream'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { parse } from 'csv-parse'
import { say } from '../../messages/say.ts'
import type { Choice } from '../../rotations/planning/choose.ts'
import { type IdSource, templateFault } from '../../rotations/planning/new-ids.ts'
import type { NewRotationRequest } from '../../wire/rotations.ts'
import { refuse } from '../plumbing/errors.ts'

const columns = ['email', 'personId', 'personalMeetingRoomId']

/** @throws ApiError 400 */
export async function readPeople(people: NewRotationRequest['people']): Promise<Choice> {
  return people.who === 'listed' ? { who: 'listed', file: people.name, people: await readList(people.csv) } : people
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
async function readList(csv: string): Promise<Map<string, string | null>> {
  const people = new Map<string, string | null>()
  for (const [index, { email, personId, personalMeetingRoomId }] of (await readRows(csv)).entries()) {
    const address = email?.toLowerCase() || personId
    if (!address) throw refuse(400, say('listNames', { row: index + 1 }))
    if (people.has(address)) throw refuse(400, say('listTwice', { address }))
    people.set(address, personalMeetingRoomId || null)
  }
  if (people.size === 0) throw refuse(400, say('listEmpty'))
  return people
}

/** Bytes after which others get their turn: a list of half a million people takes seconds. */
const slice = 2 ** 16

async function* slices(csv: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(csv)
  for (let start = 0; start < bytes.length; start += slice) {
    yield bytes.subarray(start, start + slice)
    await yieldToEventLoop()
  }
}

async function readRows(csv: string): Promise<Record<string, string>[]> {
  let names: string[] = []
  const rows: Record<string, string>[] = []
  try {
    const header = (found: string[]) => {
      names = found
      return found
    }
    const parsed = parse({ bom: true, columns: header, skip_empty_lines: true, trim: true })
    for await (const row of Readable.from(slices(csv)).pipe(parsed)) rows.push(row)
  } catch (error) {
    throw refuse(400, say('listBroken', { why: (error as Error).message }))
  }
  const unknown = names.find(name => !columns.includes(name))
  if (unknown !== undefined) {
    throw refuse(400, say('listColumn', { column: JSON.stringify(unknown), columns: columns.join(', ') }))
  }
  return rows
}
