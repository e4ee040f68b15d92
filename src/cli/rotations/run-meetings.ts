/** `roomkey meetings`: reads what is not known yet, and lists the hosts with the most meetings first. */
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import Table from 'cli-table3'
import { stringify } from 'csv-stringify'
import { exitCodes } from '../../errors.ts'
import { streamPrivateFile } from '../../files/private-file.ts'
import { plural } from '../../messages/numbers.ts'
import { keyOf } from '../../rotations/lifecycle.ts'
import { type AffectedHostLines, eachAffectedHost } from '../../rotations/meetings/affected-lines.ts'
import { readMeetingsOf } from '../../rotations/use-cases/meetings.ts'
import { countAffected } from '../../store/meetings/affected.ts'
import type { PaceOptions } from '../options/pace-options.ts'
import type { RotationOptions } from '../options/rotation-options.ts'
import { showCount } from '../output/show-progress.ts'
import { orThrow } from './refusals.ts'
import { requireRotation, withRotations } from './rotation-commands.ts'

interface MeetingsOptions extends RotationOptions, PaceOptions {
  days: number
  again?: true | undefined
  known?: true | undefined
  out?: string | undefined
  json?: true | undefined
}

/** Hosts that are shown on a terminal; files have all of them. */
const shownHosts = 50

export function listMeetings(name: string, options: MeetingsOptions): Promise<void> {
  return withRotations(options, async context => {
    const rotation = await requireRotation(context, name, options.site)
    const { db } = context.store
    const key = keyOf(rotation)
    if (!options.known) {
      const progress = showCount('hosts asked for')
      const reading = readMeetingsOf(context, rotation, {
        days: options.days,
        again: options.again ?? false,
        onProgress: progress.count,
      })
      orThrow(await reading.finally(progress.end), rotation.rotation)
    }
    const hosts = eachAffectedHost(db, key, rotation.site_url)
    const counts = await countAffected(db, key)
    if (options.json) await pipeline(jsonLines(hosts), process.stdout, { end: false })
    else if (options.out === '-') await writeCsv(hosts, process.stdout)
    else if (options.out !== undefined) {
      await streamPrivateFile(options.out, to => writeCsv(hosts, to))
      process.stdout.write(`${options.out} is written.\n${summary(counts)}`)
    } else process.stdout.write(`${await render(hosts)}${summary(counts)}`)
    if (counts.unread > 0) process.exitCode = exitCodes.refusedItems
  })
}

async function* jsonLines(hosts: AsyncIterable<AffectedHostLines>): AsyncGenerator<string> {
  for await (const host of hosts) yield `${JSON.stringify(host)}\n`
}

/** A host whose meetings could not be read is one row with the reason. */
async function* rows(hosts: AsyncIterable<AffectedHostLines>) {
  const columns = { title: '', kind: '', next: '', last: '', occurrences: '', oldLink: '', newLink: '' }
  const rest = { carriesOldLink: '', meetingSeriesId: '' }
  for await (const { email, name, unread, meetings } of hosts) {
    for (const meeting of meetings) yield { ...meeting, unread: '' }
    if (unread !== '') yield { email, name, ...columns, ...rest, unread }
  }
}

async function writeCsv(hosts: AsyncIterable<AffectedHostLines>, to: Writable): Promise<void> {
  const csv = stringify({ header: true, bom: true, escape_formulas: true })
  await pipeline(Readable.from(rows(hosts)), csv, to, { end: to !== process.stdout })
}

async function render(hosts: AsyncIterable<AffectedHostLines>): Promise<string> {
  const table = new Table({
    head: ['host', 'meeting', 'next', 'last', 'times', 'old link'],
    style: { head: [], border: [] },
  })
  let shown = 0
  for await (const { email, unread, meetings } of hosts) {
    shown += 1
    if (shown > shownHosts) break
    for (const { title, next, last, occurrences, oldLink, carriesOldLink } of meetings) {
      const link = carriesOldLink === 'yes' ? oldLink : `${oldLink} (perhaps)`
      table.push([email, title, day(next), day(last), occurrences, link])
    }
    if (unread !== '') table.push([email, `not read: ${unread}`, '', '', '', ''])
  }
  if (shown === 0) return ''
  const more = shown > shownHosts ? `The first ${shownHosts} hosts are shown; --out FILE has all of them.\n` : ''
  return `${table.toString()}\n${more}`
}

function day(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}

type Counts = Awaited<ReturnType<typeof countAffected>>

function summary({ read, unread, hosts, series, occurrences }: Counts): string {
  const words = [
    `${plural(hosts, 'host')} of ${read + unread} ${hosts === 1 ? 'has' : 'have'} ${plural(series, 'meeting')} in a room of this rotation, ${plural(occurrences, 'time')} in all.`,
  ]
  if (unread > 0)
    words.push(`The meetings of ${plural(unread, 'host')} could not be read; the reasons are in the list.`)
  if (series > 0) {
    words.push(
      'Nothing is corrected: Webex refuses to change a meeting in a personal room, and does not say who is invited.',
      'Each host has to send the new link, or schedule the meeting again.',
    )
  }
  words.push('Meetings that are only in calendars are not in this list; roomkey calendars finds them.')
  return `${words.join('\n')}\n`
}
