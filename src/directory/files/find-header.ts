/** Where the names of the columns stand, and what separates the cells: a header is what names a column of addresses. */
import { parse } from 'csv-parse/sync'
import { type Columns, namesPeople, recogniseColumns } from './columns.ts'

export interface Header {
  columns: Columns
  delimiter: string
  /** Counted from 1. */
  line: number
  /** Texts of the lines above it: `#TYPE …` of PowerShell, `version:v1.0` of Entra, titles of reports. */
  above: string[]
}

export const delimiters = [',', ';', '\t', '|'] as const

/** How far down a header is looked for. */
const maxRowsAbove = 30

/**
 * @param start the first lines of a table.
 * @returns the header, or the first row that may have been meant as one: undefined in an empty table.
 */
export function findHeader(start: string): Header | { record: string[] } | undefined {
  // Excel's own line says what separates; it may be in quotes.
  const said = /^"?sep=(.)"?\s*$/im.exec(start.slice(0, 100))?.[1]
  const tried = said === undefined ? delimiters : [said]
  const headers = tried.flatMap(delimiter => headerUnder(start, delimiter))
  const [best] = headers.toSorted((one, other) => known(other.columns) - known(one.columns))
  if (best !== undefined) return best
  const widest = tried
    .flatMap(delimiter => firstRecords(start, delimiter).slice(0, 5))
    .toSorted((one, other) => other.record.length - one.record.length)[0]
  return widest === undefined ? undefined : { record: widest.record }
}

function headerUnder(start: string, delimiter: string): Header[] {
  const records = firstRecords(start, delimiter)
  const index = records.findIndex(({ record }) => namesPeople(recogniseColumns(record)))
  if (index === -1) return []
  const { record, line } = records[index]!
  const above = records.slice(0, index).map(({ record }) => record.filter(cell => cell.trim() !== '').join(' '))
  return [
    {
      columns: recogniseColumns(record),
      delimiter,
      line,
      above: above.filter(text => text !== '' && !/^"?sep=/i.test(text)),
    },
  ]
}

function known({ places, licences }: Columns): number {
  return places.size + licences.length
}

/** The first records, each with the line that it begins on. */
function firstRecords(text: string, delimiter: string): { record: string[]; line: number }[] {
  const found: { record: string[]; line: number }[] = []
  try {
    parse(text, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: maxRowsAbove,
      on_record: (record, { lines }) => {
        found.push({ record, line: firstLineOf(record, lines) })
        return null
      },
    })
  } catch {
    // The text is cut somewhere, perhaps between quotes; what is wrong with the table is told when it is read.
  }
  return found
}

/** The line on which a record begins that ends on this one. */
export function firstLineOf(record: readonly string[], lastLine: number): number {
  let line = lastLine
  for (const cell of record) for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) line -= 1
  return line
}
