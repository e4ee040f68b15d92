/**
 * The people that a table lists: for a refresh, for a plan, as those to be left out. Whom a row means and which ID it
 * gives is decided here for all of them.
 */
import { UserError } from '../../errors.ts'
import { emailKey } from '../../rooms/email-address.ts'
import { Cells } from './cells.ts'
import { addressMeanings, sameNamedColumns } from './columns.ts'
import type { Uses } from './describe-table.ts'
import { readAddress, readWantedRoom } from './read-fields.ts'
import type { Table } from './read-table.ts'
import { rowsAtFault } from './rows-at-fault.ts'
import { isAttendee, isElsewhere } from './state/person-state.ts'

export interface ListedPerson {
  line: number
  /** Null where the row has the person ID alone. */
  email: string | null
  personId: string | null
  /** The ID that the row gives, or null. */
  roomId: string | null
  /** The row says that there is no room to change: an attendee, or somebody whom a plan left out. */
  hasNoRoom: boolean
}

export interface ListedPeople {
  /** By `emailKey` or by person ID, the line of each. */
  lines: ReadonlyMap<string, number>
  /** Rows about another site, which were passed over. */
  elsewhere: number
  /** Lines whose address was not written plainly. */
  tidied: number[]
}

/** What a list makes of the columns. */
export const listUses: Uses = [
  ['email', addressMeanings],
  ['personId', ['personId']],
  ['personalMeetingRoomId', ['roomId', 'newLink', 'roomLink']],
  ['state', ['host', 'role', 'outcome', 'siteUrl']],
]

/**
 * @param siteUrl the site that is meant, in lower case; undefined takes rows about every site.
 * @param take called with each person, and the key that the person has in `lines`.
 * @param most how many people there may be; each takes some 200 bytes of memory.
 * @throws UserError that names every row at fault, or says that nobody is listed, or too many are.
 */
export async function readListedPeople(
  table: Table,
  siteUrl: string | undefined,
  take: (person: ListedPerson, key: string) => void,
  most = Number.POSITIVE_INFINITY,
): Promise<ListedPeople> {
  const { name, columns } = table
  const twice = sameNamedColumns(columns, [...addressMeanings, 'personId', 'roomId', 'newLink', 'roomLink'])
  if (twice !== undefined)
    throw new UserError(`${name} has two columns called "${twice}"; rename or remove one of them.`)
  const lines = new Map<string, number>()
  const tidied: number[] = []
  let elsewhere = 0
  const atFault = rowsAtFault(name)
  for await (const row of table.rows()) {
    if ('fault' in row) {
      atFault.add(row)
      continue
    }
    const { line } = row
    const cells = new Cells(columns, row.cells)
    if (siteUrl !== undefined && isElsewhere(cells, siteUrl)) {
      elsewhere += 1
      continue
    }
    const address = readAddress(cells)
    const personId = cells.plain('personId') || null
    // A row with a person ID needs no address; one that is there has to be right all the same.
    const isBlank = addressMeanings.every(meaning => cells.text(meaning) === '')
    if ('fault' in address && !(isBlank && personId !== null)) {
      atFault.add({
        line,
        fault: isBlank ? 'The row names nobody; fill in an e-mail address or a person ID.' : address.fault,
      })
      continue
    }
    const room = readWantedRoom(cells)
    if (room !== undefined && 'fault' in room) {
      atFault.add({ line, fault: room.fault })
      continue
    }
    const email = 'email' in address ? address.email : null
    const key = email === null ? personId! : emailKey(email)
    const earlier = lines.get(key)
    if (earlier !== undefined) {
      atFault.add({
        line,
        fault: `${email ?? personId} is already on line ${earlier}; remove one of the lines.`,
      })
      continue
    }
    if (lines.size === most) throw new UserError(tooMany(name, most))
    lines.set(key, line)
    if ('note' in address) tidied.push(line)
    const hasNoRoom = isAttendee(cells) || cells.plain('outcome') === 'left out'
    take({ line, email, personId, roomId: room?.roomId ?? null, hasNoRoom }, key)
  }
  atFault.refuse()
  if (lines.size === 0) throw new UserError(nobody(name, elsewhere, siteUrl))
  return { lines, elsewhere, tidied }
}

function tooMany(name: string, most: number): string {
  return `${name} lists more than ${most.toLocaleString('en')} people; split it, or plan with roomkey plan --people, which takes any number.`
}

function nobody(name: string, elsewhere: number, siteUrl: string | undefined): string {
  return elsewhere > 0
    ? `${name} lists nobody of ${siteUrl}: its ${elsewhere} rows are about other sites; check --site.`
    : `${name} names nobody: below the header there is no row.`
}

/** Says on which lines something was taken off an address. */
export function tidiedNote(lines: number[]): string {
  const shown = lines.slice(0, 20).join(', ')
  const where = `${lines.length === 1 ? 'line' : 'lines'} ${shown}${lines.length > 20 ? ', …' : ''}`
  const what = lines.length === 1 ? 'e-mail address' : 'e-mail addresses'
  return `${lines.length} ${what} read without invisible characters, or mailto:, SMTP: or <> around: ${where}.`
}
