/** `roomkey calendars`: lists the events that carry old links, and writes updated invitations. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import Table from 'cli-table3'
import { stringify } from 'csv-stringify'
import { exitCodes, UserError } from '../errors.ts'
import { makeFolder } from '../files/make-folder.ts'
import { streamPrivateFile, writePrivateFile } from '../files/private-file.ts'
import type { Found } from '../meetings/calendars/found.ts'
import { OldLinks } from '../meetings/calendars/old-links.ts'
import { scanFiles } from '../meetings/calendars/scan-files.ts'
import { plural } from '../messages/numbers.ts'
import { roomLink } from '../rooms/room-id.ts'
import { type OldAndNew, roomsOfCsv, roomsOfRotation } from './old-and-new.ts'
import type { RotationOptions } from './options/rotation-options.ts'
import { showCount } from './output/show-progress.ts'
import { requireRotation, withRotations } from './rotations/rotation-commands.ts'

interface CalendarsOptions extends RotationOptions {
  rotation?: string | undefined
  links?: string | undefined
  rewrite?: string | undefined
  past?: true | undefined
  out?: string | undefined
  json?: true | undefined
}

interface Row {
  file: string
  organizer: string
  title: string
  start: string
  series: 'yes' | 'no'
  oldLink: string
  newLink: string
  uid: string
  /** The invitation that was written for it; empty where none was. */
  invitation: string
}

const shownRows = 50

export async function findOldLinks(paths: string[], options: CalendarsOptions): Promise<void> {
  const missing = paths.find(path => !existsSync(path))
  if (missing !== undefined) throw new UserError(`There is no file or folder ${missing}; check its name.`)
  const known = await readOldAndNew(options)
  const progress = showCount('events looked at')
  const counts = { looked: 0, found: 0, written: 0 }
  const unread: string[] = []
  const scan = {
    now: new Date(),
    past: options.past ?? false,
    onLooked: () => progress.count(++counts.looked),
    onUnread: (place: string, why: string) => unread.push(`${place}: ${why}`),
  }
  if (options.rewrite !== undefined) makeFolder(options.rewrite)
  async function* rows(): AsyncGenerator<Row> {
    for await (const found of scanFiles(paths, new OldLinks(known.siteUrl, known.rooms), scan)) {
      counts.found += 1
      const invitation = options.rewrite === undefined ? '' : write(options.rewrite, found)
      if (invitation !== '') counts.written += 1
      yield rowOf(found, known.siteUrl, invitation)
    }
  }
  await show(rows(), options).finally(progress.end)
  const told = options.json || options.out === '-' ? process.stderr : process.stdout
  told.write(summary(counts, unread, options))
  if (unread.length > 0) process.exitCode = exitCodes.refusedItems
}

function readOldAndNew(options: CalendarsOptions): Promise<OldAndNew> {
  if ((options.rotation === undefined) === (options.links === undefined)) {
    throw new UserError('Say which links are old: with --rotation N, or with --links FILE, the CSV of a report.')
  }
  if (options.links !== undefined) return roomsOfCsv(options.links)
  return withRotations(options, async context =>
    roomsOfRotation(context.store.db, await requireRotation(context, options.rotation!, options.site)),
  )
}

/** One file for each event: an organiser sends their own. */
function write(folder: string, { rewrite, organizer, uid, start }: Found): string {
  if (rewrite === null) return ''
  const who =
    organizer
      .toLowerCase()
      .replace(/[^a-z0-9@._-]+/g, '-')
      .slice(0, 80) || 'unknown'
  const which = createHash('sha256').update(`${uid} ${start}`).digest('hex').slice(0, 12)
  const file = join(folder, `${who}-${which}.ics`)
  writePrivateFile(file, Buffer.from(rewrite(), 'latin1'))
  return file
}

function rowOf(
  { place, organizer, title, start, isSeries, links, uid }: Found,
  siteUrl: string,
  invitation: string,
): Row {
  const rooms = new Map(links.map(({ oldId, newId }) => [oldId, newId]))
  const link = (id: string | null) => (id === null ? '' : roomLink(siteUrl, id))
  return {
    file: place,
    organizer,
    title,
    start: isoTime(start),
    series: isSeries ? 'yes' : 'no',
    oldLink: [...rooms.keys()].map(link).join(' '),
    newLink: [...rooms.values()].map(link).join(' ').trim(),
    uid,
    invitation,
  }
}

/** `20261203T100000Z` is `2026-12-03T10:00Z`, as ISO 8601 has it; what is written in another way stays as it is. */
function isoTime(start: string): string {
  return start.replace(
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$/,
    (_, year, month, day, hour, minute, zone = '') =>
      hour === undefined ? `${year}-${month}-${day}` : `${year}-${month}-${day}T${hour}:${minute}${zone}`,
  )
}

async function show(rows: AsyncGenerator<Row>, { json, out }: CalendarsOptions): Promise<void> {
  if (json) {
    await pipeline(
      async function* () {
        for await (const row of rows) yield `${JSON.stringify(row)}\n`
      },
      process.stdout,
      { end: false },
    )
  } else if (out !== undefined) {
    const csv = () => stringify({ header: true, bom: true, escape_formulas: true })
    if (out === '-') await pipeline(Readable.from(rows), csv(), process.stdout, { end: false })
    else await streamPrivateFile(out, to => pipeline(Readable.from(rows), csv(), to))
  } else await showTable(rows)
}

async function showTable(rows: AsyncGenerator<Row>): Promise<void> {
  const table = new Table({
    head: ['organiser', 'event', 'start', 'series', 'old link'],
    style: { head: [], border: [] },
  })
  let count = 0
  for await (const { organizer, title, start, series, oldLink } of rows) {
    count += 1
    if (count <= shownRows) table.push([organizer, title, start.replace('T', ' '), series, oldLink])
  }
  if (count > 0) process.stdout.write(`${table.toString()}\n`)
  if (count > shownRows) process.stdout.write(`The first ${shownRows} are shown; --out FILE has all of them.\n`)
}

function summary(
  { looked, found, written }: { looked: number; found: number; written: number },
  unread: string[],
  { rewrite, out }: CalendarsOptions,
): string {
  const lines = unread.slice(0, 20).map(each => `not read: ${each}`)
  if (unread.length > 20) lines.push(`not read: ${unread.length - 20} more`)
  if (out !== undefined && out !== '-') lines.push(`${out} is written.`)
  lines.push(`${plural(looked, 'event')} looked at; ${found} ${found === 1 ? 'carries' : 'carry'} an old link.`)
  if (rewrite !== undefined) {
    lines.push(`${plural(written, 'updated invitation')} written to ${rewrite}; each has to be sent by its organiser.`)
  }
  return `${lines.join('\n')}\n`
}
