/** A CSV that lists people for a plan: `email` or `personId`, and `personalMeetingRoomId` where their new IDs are given. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'

/** By e-mail in lower case or by person ID, each with the ID given, or null. */
export type PeopleList = ReadonlyMap<string, string | null>

/** What is wrong with a list. `row` counts the people from 1, `line` the lines of the file. */
export type ListFault =
  | { fault: 'listUnknownColumn'; column: string; columns: string }
  | { fault: 'listAddressColumn' }
  | { fault: 'listRowEmpty'; row: number; line: number }
  | { fault: 'listDuplicate'; address: string; line: number }
  | { fault: 'listEmpty' }
  | { fault: 'listMalformed'; reason: string }

const columns = ['email', 'personId', 'personalMeetingRoomId']

/** Reads a list from UTF-8 with or without a byte order mark. Rejects only when the bytes themselves cannot be read. */
export async function readPeopleList(bytes: AsyncIterable<Uint8Array>): Promise<PeopleList | ListFault> {
  const rows = parse({ bom: true, trim: true, skip_empty_lines: true, info: true })
  // A failure to read ends the rows with that error.
  pipeline(Readable.from(bytes), rows).catch(() => undefined)
  const people = new Map<string, string | null>()
  let header: string[] | undefined
  let row = 0
  try {
    for await (const { record, info } of rows as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (header === undefined) {
        const fault = headerFault(record)
        if (fault !== undefined) return fault
        header = record
        continue
      }
      row += 1
      const { email, personId, personalMeetingRoomId } = byColumn(header, record)
      const address = email?.toLowerCase() || personId
      if (!address) return { fault: 'listRowEmpty', row, line: info.lines }
      if (people.has(address)) return { fault: 'listDuplicate', address, line: info.lines }
      people.set(address, personalMeetingRoomId || null)
    }
  } catch (error) {
    if (error instanceof CsvError) return { fault: 'listMalformed', reason: error.message }
    throw error
  }
  return people.size === 0 ? { fault: 'listEmpty' } : people
}

/** A list that has both addresses would leave open which of them counts. */
function headerFault(names: string[]): ListFault | undefined {
  const unknown = names.find(name => !columns.includes(name))
  if (unknown !== undefined) return { fault: 'listUnknownColumn', column: unknown, columns: columns.join(', ') }
  return names.filter(name => name !== 'personalMeetingRoomId').length === 1
    ? undefined
    : { fault: 'listAddressColumn' }
}

function byColumn(header: string[], record: string[]): Record<string, string | undefined> {
  return Object.fromEntries(header.map((name, index) => [name, record[index]]))
}
