/**
 * Reads people and their room links from a CSV, as Control Hub and directories export them: header names are recognised
 * whatever their case and punctuation, in UTF-8 or UTF-16, separated by commas, semicolons or tabs.
 */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse'
import { UserError } from '../../errors.ts'
import type { AuditedRoom, RoomSource } from '../site-report/audit-rooms.ts'

type Field =
  | 'email'
  | 'firstName'
  | 'lastName'
  | 'displayName'
  | 'username'
  | 'personId'
  | 'roomId'
  | 'link'
  | 'since'
  | 'siteUrl'

/** Header names without spaces and punctuation, in lower case. */
const headerNames: Record<Field, string[]> = {
  email: ['email', 'emailaddress', 'mail', 'useremail', 'useridemail', 'useridemailrequired', 'userprincipalname'],
  firstName: ['firstname', 'givenname', 'first', 'forename', 'vorname'],
  lastName: ['lastname', 'surname', 'familyname', 'last', 'sn', 'nachname'],
  displayName: ['displayname', 'fullname', 'name'],
  username: ['username', 'login', 'loginname', 'samaccountname', 'webexid', 'uid'],
  personId: ['personid', 'userid', 'id'],
  roomId: ['personalmeetingroomid', 'personalroomid', 'roomid', 'pmrid'],
  link: [
    'personalmeetingroomlink',
    'personalroomlink',
    'personalroomurl',
    'personalmeetingroomurl',
    'roomlink',
    'link',
    'url',
  ],
  since: ['since', 'changed', 'lastchanged', 'claimed'],
  siteUrl: ['siteurl', 'site', 'sitename'],
}

type Columns = Map<Field, number>

interface CountedRow {
  record: string[]
  info: { lines: number }
}

/**
 * The rooms of a CSV file; people without a room are skipped. Faults are sentences that name the line: the first pass
 * counts lines for them, and a file that was valid then is not counted again, which saves half the work.
 */
export function roomsFromCsv(path: string): RoomSource {
  let faultless = false
  return async function* () {
    yield* readRooms(path, !faultless)
    faultless = true
  }
}

async function* readRooms(path: string, countLines: boolean): AsyncGenerator<AuditedRoom> {
  const { encoding, delimiter } = await detectFormat(path)
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    info: countLines,
    trim: true,
  })
  const file = createReadStream(path, { encoding })
  file.on('error', error => parser.destroy(error))
  file.pipe(parser)
  let columns: Columns | undefined
  try {
    for await (const row of parser as AsyncIterable<CountedRow | string[]>) {
      const record = 'record' in row ? row.record : row
      if (columns === undefined) columns = readHeader(record, path)
      else {
        const room = readRoom(record, columns, 'info' in row ? `${path}, line ${row.info.lines}` : path)
        if (room !== undefined) yield room
      }
    }
  } catch (error) {
    throw error instanceof CsvError
      ? new UserError(`${path} is not well-formed CSV: ${error.message}; fix it there.`)
      : error
  } finally {
    file.destroy()
  }
}

/** The first two bytes of a file in UTF-16 say so; the header line shows the delimiter. */
async function detectFormat(path: string): Promise<{ encoding: 'utf8' | 'utf16le'; delimiter: string }> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`Cannot read ${path} (${error.code}); check its name.`)
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    const encoding = buffer[0] === 0xff && buffer[1] === 0xfe ? 'utf16le' : 'utf8'
    const [header = ''] = buffer.toString(encoding, 0, bytesRead).split(/[\r\n]/)
    const cells = (delimiter: string) => header.split(delimiter).length
    const delimiter = ['\t', ';', ','].reduce((best, each) => (cells(each) >= cells(best) ? each : best))
    return { encoding, delimiter }
  } finally {
    await file.close()
  }
}

function readHeader(header: string[], path: string): Columns {
  const names = header.map(name => name.toLowerCase().replace(/[^a-z]/g, ''))
  const columns: Columns = new Map()
  for (const [field, known] of Object.entries(headerNames) as [Field, string[]][]) {
    const column = names.findIndex(name => known.includes(name))
    if (column >= 0) columns.set(field, column)
  }
  if (!columns.has('email')) throw new UserError(`${path} has no column of e-mail addresses: name it "email".`)
  if (!columns.has('roomId') && !columns.has('link')) {
    throw new UserError(
      `${path} has no column of room IDs or links: name it "personalMeetingRoomId" or "personalMeetingRoomLink".`,
    )
  }
  return columns
}

function readRoom(record: string[], columns: Columns, where: string): AuditedRoom | undefined {
  const cell = (field: Field) => record[columns.get(field) ?? -1] ?? ''
  const link = /^(?:https?:\/\/)?([^/\s]+)\/(?:meet|join)\/([^/?#\s]+)/i.exec(cell('link'))
  const roomId = cell('roomId') || (link?.[2] ?? '')
  if (roomId === '') {
    if (cell('link') !== '')
      throw new UserError(`${where}: "${cell('link')}" is not the link of a personal room; fix or empty the cell.`)
    return undefined
  }
  const email = cell('email')
  if (!email.includes('@')) throw new UserError(`${where}: "${email}" is not an e-mail address; fix the cell.`)
  const [firstName, lastName] = namesOf(cell('firstName'), cell('lastName'), cell('displayName'))
  const siteUrl = cell('siteUrl') || (link?.[1] ?? '')
  const since = readTime(cell('since'), where)
  return {
    email,
    firstName,
    lastName,
    username: cell('username') || null,
    roomId,
    ...(cell('personId') === '' ? {} : { personId: cell('personId') }),
    ...(siteUrl === '' ? {} : { siteUrl }),
    ...(since === undefined ? {} : { since }),
  }
}

/** Where only the full name is known, the last name is its last word, or what stands before a comma. */
function namesOf(first: string, last: string, full: string): [string, string] {
  if (first !== '' || last !== '' || full === '') return [first, last]
  const [family = '', given] = full.split(/,\s*/)
  if (given !== undefined) return [given, family]
  const words = full.split(/\s+/)
  return [words.slice(0, -1).join(' '), words.at(-1)!]
}

function readTime(text: string, where: string): number | undefined {
  if (text === '') return undefined
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new UserError(`${where}: "${text}" is not a time; write it like 2026-03-02T10:00:00Z.`)
  return time
}
