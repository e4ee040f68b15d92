/**
 * The one reader of tables: of an import, a refresh, a plan, an audit, a list that is sent. It says which encoding and
 * separator it found, where the header is, and reads row by row, whatever the size.
 */
import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { UserError } from '../../errors.ts'
import { decodeTable } from './bytes/decode-table.ts'
import { decoderOf, detectEncoding, type Encoding, namedEncoding } from './bytes/encoding.ts'
import { notATable } from './bytes/not-a-table.ts'
import type { TableSource } from './bytes/table-source.ts'
import type { Columns } from './columns.ts'
import { findHeader, firstLineOf } from './find-header.ts'

export interface Table {
  /** How messages call it. */
  name: string
  /** Bytes in all. */
  size: number
  encoding: Encoding
  delimiter: string
  columns: Columns
  /** Texts of the lines above the header. */
  above: string[]
  /** Begins a pass over the rows below the header; rows without a cell that is filled in are left out. */
  rows(options?: PassOptions): AsyncGenerator<TableRow>
}

export interface PassOptions {
  /** Told how many bytes have been read. */
  onBytes?: (read: number) => void
  /** False where no line is told any more: that halves the work of a pass. Every line is then 0. */
  countLines?: boolean
}

/** Lines count from 1; a row that goes over several is called by its first. */
export type TableRow = { line: number; cells: string[] } | { line: number; fault: string }

export interface TableOptions {
  /** Undefined where the bytes tell: UTF-8 or UTF-16. */
  encoding?: string | undefined
}

/** Enough for any header. */
const startSize = 256 * 1024

/** In bytes. A row that is longer comes of a quote that is never closed. */
const maxRowSize = 4 * 2 ** 20

/** @throws UserError when it is no table, is empty, or has no column that tells people apart. */
export async function openTable(source: TableSource, options: TableOptions = {}): Promise<Table> {
  const { name, size } = source
  const start = await startOf(source)
  const encoding = options.encoding === undefined ? detectEncoding(start) : namedEncoding(options.encoding)
  const other = notATable(start, looselyDecoded(start, encoding))
  if (other !== undefined) throw new UserError(`${name} ${other}`)

  const header = findHeader(await firstText(source, encoding))
  if (header === undefined) throw new UserError(`${name} is empty; its first line must name the columns.`)
  if ('record' in header) throw new UserError(headerless(name, header.record))
  const { columns, delimiter, line, above } = header
  return {
    name,
    size,
    encoding,
    delimiter,
    columns,
    above,
    rows: pass => readRows(source, { encoding, delimiter, headerLine: line, columns }, pass),
  }
}

async function startOf(source: TableSource): Promise<Buffer> {
  for await (const chunk of source.bytes()) return chunk.subarray(0, startSize)
  return Buffer.alloc(0)
}

function looselyDecoded(start: Buffer, encoding: Encoding): string {
  try {
    return decoderOf(encoding)(start).replace(/^\ufeff+/, '')
  } catch {
    return start.toString('latin1')
  }
}

async function firstText(source: TableSource, encoding: Encoding): Promise<string> {
  let text = ''
  for await (const piece of decodeTable(source, encoding)) {
    text += piece
    if (text.length > startSize) break
  }
  return text
}

function headerless(name: string, record: string[]): string {
  const cells = record.map(cell => cell.trim()).filter(cell => cell !== '')
  if (cells.some(cell => /^\S+@\S+$/.test(cell))) {
    return `${name} begins with a person and not with the names of the columns; write a line above it, e.g. email.`
  }
  const shown = cells.slice(0, 12).map(cell => `"${cell.slice(0, 40)}"`)
  const more = cells.length > shown.length ? ` and ${cells.length - shown.length} more` : ''
  return `${name} has no column with e-mail addresses; it has ${shown.join(', ')}${more}. Name one of them email.`
}

interface Layout {
  encoding: Encoding
  delimiter: string
  headerLine: number
  columns: Columns
}

async function* readRows(
  source: TableSource,
  { encoding, delimiter, headerLine, columns }: Layout,
  { onBytes, countLines = true }: PassOptions = {},
): AsyncGenerator<TableRow> {
  const text = withoutLines(headerLine - 1, decodeTable(source, encoding, onBytes))
  const parser = parse({
    delimiter,
    info: countLines,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: '\n',
    max_record_size: maxRowSize,
  })
  // Ends the rows with the error of whatever fails before them, and stops reading where nobody wants more rows.
  pipeline(Readable.from(text), parser, () => undefined)
  const width = columns.header.length
  let isHeader = true
  let lastLine = headerLine
  try {
    for await (const parsed of parser as AsyncIterable<Parsed>) {
      const cells = Array.isArray(parsed) ? parsed : parsed.record
      const endLine = Array.isArray(parsed) ? 0 : parsed.info.lines + headerLine - 1
      lastLine = endLine
      if (isHeader) isHeader = false
      else if (cells.some(isFilled)) {
        const line = countLines ? firstLineOf(cells, endLine) : 0
        if (cells.length > width && cells.slice(width).some(isFilled)) yield { line, fault: tooWide(cells, width) }
        else yield { line, cells }
      }
    }
  } catch (error) {
    throw error instanceof CsvError ? new UserError(brokenQuotes(source.name, error, headerLine, lastLine)) : error
  }
}

type Parsed = string[] | { record: string[]; info: { lines: number } }

function isFilled(cell: string): boolean {
  return cell !== '' && cell.trim() !== ''
}

function tooWide(cells: string[], width: number): string {
  return `The row has ${cells.length} cells and the header ${width}; put quotes around the cell that holds a separator.`
}

/** csv-parse's errors, in words for the person who made the file. */
function brokenQuotes(name: string, error: CsvError, headerLine: number, lastLine: number): string {
  const line = Number((error as { lines?: number }).lines ?? 1) + headerLine - 1
  if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE') {
    return `${name}, line ${lastLine + 1} or later: a cell begins with a quote (") that is never closed; close or remove it.`
  }
  return `${name}, line ${line}: a quote (") stands bare in a cell. Write the cell as "Robert ""Bob"" Lee": quotes around it, and doubled ones in it.`
}

/** Leaves out the first lines, which are above the header and may be anything. */
async function* withoutLines(count: number, text: AsyncGenerator<string>): AsyncGenerator<string> {
  let left = count
  for await (const piece of text) {
    let start = 0
    while (left > 0 && start < piece.length) {
      const end = piece.indexOf('\n', start)
      if (end === -1) start = piece.length
      else {
        start = end + 1
        left -= 1
      }
    }
    if (start < piece.length) yield start === 0 ? piece : piece.slice(start)
  }
}
