import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { UserError } from '../../errors.ts'
import { type Columns, recogniseColumns } from './columns.ts'
import { decodeFile } from './decode-file.ts'
import { type ImportedPerson, readRow } from './read-row.ts'

/** One row of the file: the person, or what is wrong with it. Lines count from 1, the header's. */
export type Row = { line: number; person: ImportedPerson } | { line: number; fault: string }

/**
 * Reads the people of a directory export, row by row, whatever its size.
 *
 * @throws UserError when the file cannot be read at all: no header, broken quotes, an unknown encoding.
 */
export async function* readPeople(path: string, onBytes: (read: number) => void = () => {}): AsyncGenerator<Row> {
  const pieces = decodeFile(path, onBytes)
  const first = await pieces.next()
  const start = first.done ? '' : first.value
  const parser = parse({
    delimiter: delimiterOf(start),
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  })
  const records = Readable.from(continued(start, pieces)).pipe(parser)
  // An error while decoding the file would otherwise leave the parser waiting forever.
  let columns: Columns | undefined
  try {
    for await (const { record, info } of records as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (columns === undefined) {
        // Entra's templates begin with a line such as "version:v1.0".
        if (!record[0]?.toLowerCase().startsWith('version:')) columns = recogniseColumns(record)
        continue
      }
      const person = readRow(record, columns)
      yield typeof person === 'string' ? { line: info.lines, fault: person } : { line: info.lines, person }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new UserError(`${path} is not well-formed CSV: ${error.message}; fix that line and try again.`)
  }
  if (columns === undefined) throw new UserError(`${path} is empty; the first line must name the columns.`)
}

async function* continued(start: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield start
  yield* rest
}

/** The delimiter that is most frequent in the header. */
function delimiterOf(start: string): string {
  const header = start.replace(/^version:[^\n]*\n/i, '').split('\n', 1)[0] ?? ''
  const count = (delimiter: string) => header.split(delimiter).length
  return [',', ';', '\t'].reduce((mostFrequent, delimiter) =>
    count(delimiter) > count(mostFrequent) ? delimiter : mostFrequent,
  )
}
