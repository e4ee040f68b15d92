/** Parses one row of a directory export into a person, or a sentence about what is wrong. */
import { render } from '../../messages/render.ts'
import { roomIdFault } from '../../rooms/room-id.ts'
import { completeNames } from '../../rooms/split-name.ts'
import type { Column, Columns } from './columns.ts'

export interface ImportedPerson {
  email: string
  firstName: string
  lastName: string
  displayName: string
  username: string | null
  department: string | null
  /** Null where the directory has none: Roomkey makes one. */
  personId: string | null
  host: boolean
  suspended: boolean
  pinned: boolean
  /** Null where the site's rule makes it, and for attendees. */
  roomId: string | null
}

const address = /^[^\s@\p{Cc}\p{Cs}]+@[^\s@\p{Cc}\p{Cs}]+$/u
const unprintable = /[\p{Cc}\p{Cs}]/u
const maxTextLength = 256
const maxAddressLength = 320

const yes = ['true', 'yes', 'y', '1', 'x', 'on']
const no = ['false', 'no', 'n', '0', '', 'off']

/** The words that directories use for an account that cannot sign in. */
const suspendedStatuses = ['suspended', 'deprovisioned', 'disabled', 'inactive', 'deactivated']

/** @returns the person, or one sentence about what is wrong. */
export function readRow(row: string[], columns: Columns): ImportedPerson | string {
  const cell = (column: Column) => {
    const at = columns.get(column)
    return at === undefined ? '' : asWritten(row[at] ?? '').trim()
  }
  for (const [column, at] of columns) {
    const text = row[at] ?? ''
    if (unprintable.test(text)) return `${column} has characters that cannot be shown.`
    if (text.length > (column === 'email' ? maxAddressLength : maxTextLength)) return `${column} is too long.`
  }

  const email = cell('email') || cell('username')
  if (email === '') return 'The e-mail address is missing.'
  if (!address.test(email)) return `"${email}" is not an e-mail address.`
  const names = completeNames({
    firstName: cell('firstName'),
    lastName: cell('lastName'),
    displayName: cell('displayName'),
  })

  const flags = readFlags(cell)
  if (typeof flags === 'string') return flags
  const { host, suspended, pinned } = flags
  const roomId = cell('roomId') || idOfLink(cell('roomLink'))
  if (roomId !== '' && !host) return 'An attendee cannot have a personal meeting room ID.'
  const fault = roomId === '' ? undefined : roomIdFault(roomId)
  if (fault !== undefined) return render(fault)

  const username = cell('username')
  return {
    email,
    ...(names ?? { firstName: '', lastName: '', displayName: email }),
    username: username === '' || username.toLowerCase() === email.toLowerCase() ? null : username,
    department: cell('department') || null,
    personId: cell('personId') || null,
    host,
    suspended,
    pinned,
    roomId: roomId || null,
  }
}

function readFlags(cell: (column: Column) => string): { host: boolean; suspended: boolean; pinned: boolean } | string {
  const flags: Partial<Record<Column, boolean>> = {}
  for (const column of ['host', 'suspended', 'enabled', 'pinned'] as const) {
    const word = cell(column).toLowerCase()
    if (!yes.includes(word) && !no.includes(word)) return `${column} must be yes or no, not "${cell(column)}".`
    if (word !== '') flags[column] = yes.includes(word)
  }
  return {
    host: flags.host ?? cell('role').toLowerCase() !== 'attendee',
    suspended: flags.suspended ?? (flags.enabled === false || suspendedStatuses.includes(cell('status').toLowerCase())),
    pinned: flags.pinned ?? false,
  }
}

function idOfLink(link: string): string {
  return link.slice(link.lastIndexOf('/') + 1)
}

/** Removes the apostrophe that an export puts before a cell that a spreadsheet would run as a formula. */
function asWritten(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell
}
