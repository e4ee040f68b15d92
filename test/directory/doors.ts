/** The doors that a table comes in by, each as what it makes of the table's people. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { readListFile } from '#roomkey/cli/options/tables.js'
import { readRefreshInput } from '#roomkey/cli/refresh-input.js'
import { openSource } from '#roomkey/directory/files/bytes/table-source.js'
import { checkImportColumns, readPeople } from '#roomkey/directory/files/read-people.js'
import { openTable } from '#roomkey/directory/files/read-table.js'
import { roomsOfTable } from '#roomkey/directory/files/rooms-of-table.js'
import { readPeopleOfBody, readPeople as readSent } from '#roomkey/http/rotations/plan-request.js'

export const siteUrl = 'example.webex.com'

export interface Seen {
  email: string
  roomId: string | null
}

export type Door = (path: string, encoding?: string) => Promise<Seen[]>

/** Everybody in a table, in its order. @throws what the door says. */
export const doors: Record<string, Door> = {
  async 'people import'(path, encoding) {
    const table = await openTable(await openSource(path), { encoding })
    checkImportColumns(table, siteUrl)
    const seen: Seen[] = []
    for await (const row of readPeople(table, siteUrl)) {
      if ('fault' in row) throw new Error(`line ${row.line}: ${row.fault}`)
      if ('person' in row) seen.push({ email: row.person.email, roomId: row.person.roomId })
    }
    return seen
  },
  async refresh(path, encoding) {
    const { items } = await readRefreshInput(path, { site: siteUrl, encoding })
    return items.map(item => ({ email: item.email!, roomId: item.personalMeetingRoomId ?? null }))
  },
  async 'plan --people and --leave-out'(path, encoding) {
    const { list } = await readListFile(path, { site: siteUrl, encoding })
    return [...list.people].map(([email, roomId]) => ({ email, roomId }))
  },
  async audit(path, encoding) {
    const table = await openTable(await openSource(path), { encoding })
    const seen: Seen[] = []
    for await (const { email, roomId } of roomsOfTable(table).source()) seen.push({ email, roomId })
    return seen
  },
}

/** A list that is sent is text, or a file's bytes as a stream. */
export async function throughApi(content: string | Buffer): Promise<Seen[]> {
  const { choice } =
    typeof content === 'string'
      ? await readSent({ who: 'listed', name: 'people.csv', csv: content }, siteUrl)
      : await readPeopleOfBody({ raw: Readable.from([content]) } as never, 'people.csv', siteUrl)
  if (choice.who !== 'listed') throw new Error('This is no list.')
  return [...choice.people].map(([email, roomId]) => ({ email, roomId }))
}

export async function fileOf(folder: string, content: string | Buffer): Promise<string> {
  const path = join(folder, 'people.csv')
  await writeFile(path, content)
  return path
}

/** Encodings that are told by the bytes alone. */
export const encodings: Record<string, (text: string) => Buffer> = {
  'UTF-8': text => Buffer.from(text),
  'UTF-8 with a mark': text => Buffer.from(`\ufeff${text}`),
  'UTF-8 with two marks': text => Buffer.from(`\ufeff\ufeff${text}`),
  'UTF-16LE': text => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16LE without a mark': text => Buffer.from(text, 'utf16le'),
  'UTF-16BE': text => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  'UTF-16BE without a mark': text => Buffer.from(text, 'utf16le').swap16(),
}

/** Letters of Latin-1 alone. */
export function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}
