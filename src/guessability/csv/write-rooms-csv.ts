/** The audit room by room as CSV, for a spreadsheet. */
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type { JudgedRoom } from '../../wire/audit.ts'

const columns = [
  'siteUrl',
  'email',
  'firstName',
  'lastName',
  'personalMeetingRoomId',
  'class',
  'rank',
  'bits',
  'shapeBits',
  'guesses',
  'since',
  'leaksLogin',
  'reused',
  'reason',
]

export interface RoomCsv {
  /** Resolves when the next room can be written. */
  add(room: JudgedRoom): Promise<void>
  /** Resolves when everything is written. */
  end(): Promise<void>
}

/** Writes to `out`, and ends it. Cells that a spreadsheet would take for a formula are escaped. */
export function openRoomCsv(out: Writable): RoomCsv {
  const csv = stringify({ header: true, columns, bom: true, escape_formulas: true })
  const finished = pipeline(csv, out)
  finished.catch(() => {})
  return {
    async add(room) {
      if (csv.destroyed) await finished
      if (!csv.write(toRow(room))) await once(csv, 'drain')
    },
    async end() {
      csv.end()
      await finished
    },
  }
}

function toRow({ siteUrl = '', roomId, since, bits, shapeBits, guesses, rank, ...room }: JudgedRoom) {
  return {
    ...room,
    siteUrl,
    personalMeetingRoomId: roomId,
    rank: rank ?? '',
    bits: bits.toFixed(1),
    shapeBits: shapeBits.toFixed(1),
    guesses: Math.ceil(guesses),
    since: since === undefined ? '' : new Date(since).toISOString(),
    leaksLogin: String(room.leaksLogin),
    reused: String(room.reused),
  }
}
