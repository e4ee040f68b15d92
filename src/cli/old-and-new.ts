/** Which IDs rooms had and have now: from a rotation, or from the CSV of its report. */
import { createReadStream } from 'node:fs'
import { CsvError, parse } from 'csv-parse'
import { UserError } from '../errors.ts'
import type { NewRoom } from '../meetings/calendars/old-links.ts'
import { roomIdKey } from '../rooms/room-id.ts'
import { readRoomLink } from '../rooms/room-link.ts'
import { keyOf } from '../rotations/lifecycle.ts'
import { eachItem, type Rotation } from '../store/rotations/rotations.ts'
import type { Db } from '../store/tables.ts'

export interface OldAndNew {
  siteUrl: string
  /** By the old ID in lower case. */
  rooms: Map<string, NewRoom>
}

/** The rooms that a rotation has changed or is to change, with the ID that each has now or is to have. */
export async function roomsOfRotation(db: Db, rotation: Rotation): Promise<OldAndNew> {
  const rooms = new Map<string, NewRoom>()
  for await (const items of eachItem(db, keyOf(rotation))) {
    for (const { kind, state, old_id, new_id, settled_id } of items) {
      if (kind !== 'move' || old_id === null || state === 'refused' || state === 'held') continue
      rooms.set(roomIdKey(old_id), { oldId: old_id, newId: settled_id ?? new_id })
    }
  }
  return { siteUrl: rotation.site_url, rooms }
}

/** @throws UserError for a file without these columns, or with links of more than one site */
export async function roomsOfCsv(file: string): Promise<OldAndNew> {
  const rooms = new Map<string, NewRoom>()
  let siteUrl: string | null = null
  for await (const { oldLink, newLink } of rowsOf(file)) {
    const old = readRoomLink(oldLink.trim())
    if (old === undefined) continue
    if (siteUrl !== null && siteUrl !== old.siteUrl) {
      throw new UserError(`${file} has links of ${siteUrl} and of ${old.siteUrl}; give a file for each site.`)
    }
    siteUrl = old.siteUrl
    const newId = readRoomLink(newLink.trim())?.roomId ?? null
    rooms.set(roomIdKey(old.roomId), { oldId: old.roomId, newId })
  }
  if (siteUrl === null) throw new UserError(`${file} has no old links of rooms; ${advice}`)
  return { siteUrl, rooms }
}

const advice = 'roomkey report N --format csv writes them.'

async function* rowsOf(file: string): AsyncGenerator<{ oldLink: string; newLink: string }> {
  const lacking = new UserError(`${file} lacks the columns oldLink and newLink; ${advice}`)
  const text = createReadStream(file, 'utf8')
  const rows = text.pipe(
    parse({
      columns: true,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      delimiter: [',', ';', '\t'],
    }),
  )
  // A file that cannot be read ends the rows, too.
  text.once('error', error => rows.destroy(error))
  try {
    for await (const { oldLink, newLink } of rows as AsyncIterable<Record<string, string | undefined>>) {
      if (oldLink === undefined || newLink === undefined) throw lacking
      yield { oldLink, newLink }
    }
  } catch (error) {
    throw error instanceof CsvError ? lacking : error
  }
}
