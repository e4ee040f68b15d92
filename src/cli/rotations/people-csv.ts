/** Reads a CSV of people: `email` or `personId`, and `personalMeetingRoomId` where the IDs are given. */
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { parse } from 'csv-parse'
import { UserError } from '../../errors.ts'

const columns = ['email', 'personId', 'personalMeetingRoomId']

/** By e-mail in lower case or by person ID, each with the ID given, or null. Everything wrong is one sentence. */
export async function readPeopleCsv(file: string): Promise<Map<string, string | null>> {
  const people = new Map<string, string | null>()
  let header: string[] | undefined
  try {
    const rows = parse({ bom: true, trim: true, skip_empty_lines: true, info: true })
    // A failure to read ends the rows with that error.
    pipeline(createReadStream(file), rows, () => undefined)
    for await (const { record, info } of rows as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (header === undefined) header = readHeader(file, record)
      else readRow(file, header, record, info.lines, people)
    }
  } catch (error) {
    if (error instanceof UserError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new UserError(`Cannot read ${file}: there is no such file; check its name.`)
    throw new UserError(`Cannot read ${file}: ${message}`)
  }
  if (people.size === 0) throw new UserError(`${file} names nobody; give a CSV with a column email or personId.`)
  return people
}

function readHeader(file: string, names: string[]): string[] {
  const unknown = names.find(name => !columns.includes(name))
  if (unknown !== undefined) {
    throw new UserError(`${file} has an unknown column ${JSON.stringify(unknown)}; use ${columns.join(', ')}.`)
  }
  const addresses = names.filter(name => name !== 'personalMeetingRoomId')
  if (addresses.length !== 1)
    throw new UserError(`${file} must have the column email or the column personId, one of them.`)
  return names
}

function readRow(
  file: string,
  header: string[],
  record: string[],
  line: number,
  people: Map<string, string | null>,
): void {
  const row = Object.fromEntries(header.map((name, index) => [name, record[index] ?? '']))
  const address = row.email?.toLowerCase() ?? row.personId ?? ''
  if (address === '')
    throw new UserError(`${file}, line ${line}, names nobody; fill in ${header[0]} or remove the line.`)
  if (people.has(address))
    throw new UserError(`${file}, line ${line}: ${address} is there twice; remove one of the lines.`)
  const id = row.personalMeetingRoomId ?? ''
  people.set(address, id === '' ? null : id)
}
