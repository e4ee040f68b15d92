/** Fields that several doors read out of a row, each a value or a fault as one sentence. */
import { type EmailNote, readEmail } from '../../rooms/email-address.ts'
import { readRoomLink } from '../../rooms/room-link.ts'
import type { Cells } from './cells.ts'
import { formulaFault } from './cells.ts'
import { addressMeanings } from './columns.ts'

export type Address = { email: string; note?: EmailNote } | { fault: string }

/** The address of a person: of the best column that is filled in. */
export function readAddress(cells: Cells): Address {
  for (const meaning of addressMeanings) {
    const cell = meaning === 'addressList' ? primaryAddress(cells.text(meaning)) : cells.text(meaning)
    if (cell === '') continue
    const formula = formulaFault(cell)
    return formula === undefined ? readEmail(cell) : { fault: formula }
  }
  return { fault: 'There is no e-mail address.' }
}

/** `SMTP:mia@corp.test+smtp:m.berg@corp.test`: the address after SMTP in capitals is the primary one. */
function primaryAddress(list: string): string {
  return /(?:^|[\s,;+{|])SMTP:([^\s,;+}|]+)/.exec(list)?.[1] ?? ''
}

export type GivenRoom = { roomId: string; siteUrl?: string } | { fault: string } | undefined

/** The room that somebody has: its ID, or else its link. Of a report's two links, the one that counts now. */
export function readCurrentRoom(cells: Cells): GivenRoom {
  const id = readId(cells)
  if (id !== undefined) return id
  const reported = cells.plain('outcome') === 'changed' ? cells.plain('newLink') : cells.plain('oldLink')
  return readLink(cells.plain('roomLink') || reported)
}

/** The ID that somebody is to get: given as an ID, or as a link. */
export function readWantedRoom(cells: Cells): GivenRoom {
  return readId(cells) ?? readLink(cells.plain('newLink') || cells.plain('roomLink'))
}

function readId(cells: Cells): GivenRoom {
  const id = cells.plain('roomId')
  if (id === '') return undefined
  const formula = formulaFault(id)
  if (formula !== undefined) return { fault: formula }
  // A link in the column of IDs means its ID.
  return id.includes('/') ? readLink(id) : { roomId: id }
}

function readLink(text: string): GivenRoom {
  if (text === '') return undefined
  const formula = formulaFault(text)
  if (formula !== undefined) return { fault: formula }
  return (
    readRoomLink(text) ?? { fault: `"${text.slice(0, 80)}" is not the link of a personal room; fix or empty the cell.` }
  )
}

const isoTime = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i

/**
 * Milliseconds since 1970 of a date or time of ISO 8601, in UTC where it names no zone; undefined for an empty cell.
 * Other ways of writing are refused, because 01/02/2026 is two different days.
 */
export function readTime(text: string): number | { fault: string } | undefined {
  if (text === '') return undefined
  const found = isoTime.exec(text)
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = 'Z'] = found ?? []
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`)
  if (found !== null && !Number.isNaN(time) && isDay(Number(year), Number(month), Number(day))) return time
  return {
    fault: `"${text.slice(0, 40)}" is not a date of ISO 8601; write it like 2026-03-02 or 2026-03-02T10:00:00Z.`,
  }
}

/** Date.parse takes 2026-02-30 for the second of March. */
function isDay(year: number, month: number, day: number): boolean {
  return day <= 28 || new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
}
