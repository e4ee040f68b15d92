/** The rooms that an audit judges, out of a table of people and their links or IDs. */

import { UserError } from '../../errors.ts'
import { render } from '../../messages/render.ts'
import { emailKey } from '../../rooms/email-address.ts'
import type { NamedPerson } from '../../rooms/id-rule.ts'
import { roomIdFault, roomIdKey } from '../../rooms/room-id.ts'
import { SeenKeys } from '../seen-keys.ts'
import { Cells } from './cells.ts'
import { addressMeanings, sameNamedColumns } from './columns.ts'
import type { Uses } from './describe-table.ts'
import { readAddress, readCurrentRoom, readTime } from './read-fields.ts'
import type { Table } from './read-table.ts'
import { rowsAtFault } from './rows-at-fault.ts'

/** What an audit makes of the columns. */
export const auditUses: Uses = [
  ['email', addressMeanings],
  ['username', ['login', 'accountName']],
  ['firstName', ['firstName']],
  ['lastName', ['lastName']],
  ['displayName', ['displayName']],
  ['personId', ['personId']],
  ['personalMeetingRoomId', ['roomId', 'roomLink', 'newLink', 'oldLink', 'outcome']],
  ['since', ['since']],
  ['siteUrl', ['siteUrl']],
]

/** What an audit judges. */
export interface TableRoom extends NamedPerson {
  personId?: string
  roomId: string
  /** When the room took the ID, in milliseconds since 1970. */
  since?: number
  siteUrl?: string
}

export interface TableRooms {
  /** Begins a pass; every pass gives the same rooms. */
  source: () => AsyncIterable<TableRoom>
  /** Sentences about rows, there once the first pass has ended. */
  notes: string[]
}

/** Rows are mentioned by their lines up to this number. */
const maxNotes = 10

/**
 * The rooms of a table; rows of people without a room are passed over and counted.
 * @throws UserError where a column that is needed is missing; on the first pass, one that names the rows at fault.
 */
export function roomsOfTable(table: Table): TableRooms {
  const { name, columns } = table
  const { places } = columns
  if (!addressMeanings.some(meaning => places.has(meaning))) {
    throw new UserError(`${name} has no column with e-mail addresses; name one of its columns email.`)
  }
  if (!(['roomId', 'roomLink', 'newLink', 'oldLink'] as const).some(meaning => places.has(meaning))) {
    throw new UserError(
      `${name} has no column with room IDs or links; name one of its columns personalMeetingRoomId or personalMeetingRoomLink.`,
    )
  }
  const twice = sameNamedColumns(
    columns,
    auditUses.flatMap(([, meanings]) => meanings),
  )
  if (twice !== undefined)
    throw new UserError(`${name} has two columns called "${twice}"; rename or remove one of them.`)

  const notes: string[] = []
  let faultless = false
  async function* source(): AsyncGenerator<TableRoom> {
    // Lines are counted in the first pass alone, which is half the work of one.
    const checked = faultless ? undefined : checking(name)
    const seen = new SeenKeys()
    for await (const row of table.rows({ countLines: !faultless })) {
      const read = 'fault' in row ? row : readRoom(new Cells(columns, row.cells))
      const repeats = 'room' in read && seen.note(keyOf(read.room), 1) !== undefined
      checked?.look(row.line, repeats ? { repeated: true } : read)
      if ('room' in read && !repeats) yield read.room
    }
    if (checked === undefined) return
    notes.push(...checked.end())
    faultless = true
  }
  return { source, notes }
}

type ReadRoom = { room: TableRoom } | { fault: string } | { without: true }

/** A room of a person: written twice, it is still one. */
function keyOf({ siteUrl = '', email, roomId }: TableRoom): string {
  return `${siteUrl.toLowerCase()} ${emailKey(email)} ${roomIdKey(roomId)}`
}

function checking(name: string) {
  const atFault = rowsAtFault(name)
  const oddIds: string[] = []
  let odd = 0
  let without = 0
  let repeated = 0
  return {
    look(line: number, read: ReadRoom | { repeated: true }) {
      if ('fault' in read) atFault.add({ line, fault: read.fault })
      else if ('without' in read) without += 1
      else if ('repeated' in read) repeated += 1
      else {
        const fault = roomIdFault(read.room.roomId)
        if (fault === undefined) return
        odd += 1
        if (oddIds.length < maxNotes)
          oddIds.push(`  line ${line}: "${read.room.roomId.slice(0, 80)}". ${render(fault)}`)
      }
    },
    /** @throws UserError that names the rows at fault. */
    end(): string[] {
      atFault.refuse()
      const notes =
        without === 0 ? [] : [`${without} ${without === 1 ? 'person' : 'people'} without a room: passed over.`]
      if (repeated > 0)
        notes.push(`${repeated} ${repeated === 1 ? 'row repeats' : 'rows repeat'} a room: counted once.`)
      if (odd > oddIds.length) oddIds.push(`  … and ${odd - oddIds.length} more`)
      if (odd > 0)
        notes.push(
          `${odd} cannot be the ID of a room, and ${odd === 1 ? 'is' : 'are'} judged as written:\n${oddIds.join('\n')}`,
        )
      return notes
    },
  }
}

function readRoom(cells: Cells): ReadRoom {
  const current = readCurrentRoom(cells)
  if (current === undefined) return { without: true }
  if ('fault' in current) return current
  const address = readAddress(cells)
  if ('fault' in address) return address
  const since = readTime(cells.plain('since'))
  if (typeof since === 'object') return since
  const [firstName, lastName] = namesOf(cells.text('firstName'), cells.text('lastName'), cells.text('displayName'))
  const personId = cells.plain('personId')
  const siteUrl = cells.plain('siteUrl') || (current.siteUrl ?? '')
  return {
    room: {
      email: address.email,
      firstName,
      lastName,
      username: cells.text('login') || cells.text('accountName') || null,
      roomId: current.roomId,
      ...(personId === '' ? {} : { personId }),
      ...(siteUrl === '' ? {} : { siteUrl }),
      ...(since === undefined ? {} : { since }),
    },
  }
}

/** Where only the full name is known, its last word is the last name, or what stands before a comma. */
function namesOf(first: string, last: string, full: string): [string, string] {
  if (first !== '' || last !== '' || full === '') return [first, last]
  const [family = '', given] = full.split(/,\s*/)
  if (given !== undefined) return [given, family]
  const words = full.split(/\s+/)
  return [words.slice(0, -1).join(' '), words.at(-1)!]
}
