/** Parses one row of a directory export into a person, or a sentence about what is wrong. */
import { render } from '../../messages/render.ts'
import type { EmailNote } from '../../rooms/email-address.ts'
import { roomIdFault } from '../../rooms/room-id.ts'
import { completeNames } from '../../rooms/split-name.ts'
import { Cells } from './cells.ts'
import type { Meaning } from './column-names.ts'
import type { Columns } from './columns.ts'
import { readAddress, readCurrentRoom } from './read-fields.ts'
import { readStates, type State } from './state/person-state.ts'
import { yesOrNo } from './state/yes-or-no.ts'

export interface ImportedPerson {
  email: string
  firstName: string
  lastName: string
  displayName: string
  username: string | null
  department: string | null
  /** Null where the directory has none: it gets one. */
  personId: string | null
  host: boolean
  suspended: boolean
  pinned: boolean
  /** Null where the rule of the site shall give it, and for attendees. */
  roomId: string | null
}

/** A person to be added; a row that names none who belongs here; or one sentence about what is wrong. */
export type ReadRow =
  | { person: ImportedPerson; state: State | null; note?: EmailNote }
  | { passedOver: State }
  | { fault: string }

const unprintable = /[\p{Cc}\p{Cs}]/u
const maxTextLength = 256

/** Text that is kept as it is. */
const kept = ['firstName', 'lastName', 'displayName', 'department', 'personId', 'login', 'accountName'] as const

const cannotSignIn = ['deleted', 'archived', 'suspended', 'disabled', 'pending'] as const
const withoutRoom = ['guest', 'unlicensed', 'attendee'] as const

/** What is said of a person with several states is the first of these. */
const byWeight = ['resource', 'elsewhere', ...withoutRoom, ...cannotSignIn] as const

/** @param siteUrl the site that people are imported to, in lower case. */
export function readRow(row: readonly string[], columns: Columns, siteUrl: string): ReadRow {
  const cells = new Cells(columns, row)
  const states = readStates(cells, columns, siteUrl)
  if (typeof states === 'string') return { fault: states }
  const state = byWeight.find(each => states.has(each)) ?? null
  if (state === 'resource' || state === 'elsewhere') return { passedOver: state }

  for (const meaning of kept) {
    const fault = textFault(meaning, cells.text(meaning))
    if (fault !== undefined) return { fault }
  }
  const address = readAddress(cells)
  if ('fault' in address) return address
  const pinned = yesOrNo(cells.plain('pinned'))
  if (pinned === null) return { fault: `pinned must be yes or no, not "${cells.text('pinned').slice(0, 60)}".` }
  const host = !withoutRoom.some(each => states.has(each))
  const room = readCurrentRoom(cells)
  if (room !== undefined && 'fault' in room) return room
  if (room !== undefined && !host) return { fault: roomOfNobody(state) }
  const fault = room === undefined ? undefined : roomIdFault(room.roomId)
  if (fault !== undefined) return { fault: render(fault) }

  const { email, note } = address
  const names = completeNames({
    firstName: cells.text('firstName'),
    lastName: cells.text('lastName'),
    displayName: cells.text('displayName'),
  })
  return {
    state,
    ...(note === undefined ? {} : { note }),
    person: {
      email,
      ...(names ?? { firstName: '', lastName: '', displayName: email }),
      username: usernameOf(cells, email),
      department: cells.text('department') || null,
      personId: cells.plain('personId') || null,
      host,
      suspended: cannotSignIn.some(each => states.has(each)),
      pinned: pinned ?? false,
      roomId: room?.roomId ?? null,
    },
  }
}

function textFault(meaning: Meaning, text: string): string | undefined {
  if (unprintable.test(text)) return `${meaning} has characters that cannot be shown.`
  return text.length > maxTextLength ? `${meaning} is too long.` : undefined
}

function roomOfNobody(state: State | null): string {
  const who = state === 'guest' ? 'A guest' : state === 'unlicensed' ? 'Somebody without a licence' : 'An attendee'
  return `${who} cannot have a personal meeting room ID.`
}

/** The name that somebody signs in with, where it is another one than the address. */
function usernameOf(cells: Cells, email: string): string | null {
  for (const meaning of ['login', 'principalName', 'accountName'] as const) {
    const name = cells.text(meaning)
    if (name !== '' && name.toLowerCase() !== email.toLowerCase()) return name
  }
  return null
}
