/** Exports without invitations: CSV, as Outlook writes it, and answers of Microsoft Graph's `calendarView`. */
import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import type { Found, Scan } from './found.ts'
import type { OldLinks } from './old-links.ts'

const columns = {
  organizer: /^(meeting )?organi[sz]er( e-?mail)?$|^besprechungsplanung$|^organisator$/i,
  title: /^(subject|title|summary|betreff)$/i,
  start: /^(start( date)?|starts?at|begin(s|nt am)?|beginn)$/i,
  uid: /^(uid|icaluid|id)$/i,
}

/** @param text the file's text, decoded */
export async function* scanCsv(
  place: string,
  text: AsyncIterable<string>,
  links: OldLinks,
  scan: Scan,
): AsyncGenerator<Found> {
  const rows = Readable.from(text).pipe(
    parse({
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      delimiter: [',', ';', '\t'],
    }),
  )
  let head: string[] | null = null
  for await (const cells of rows as AsyncIterable<string[]>) {
    if (head === null) {
      head = cells
      continue
    }
    scan.onLooked()
    const found = links.find(cells.join('\n'))
    if (found.length === 0) continue
    const names = head
    const cell = (column: RegExp) => cells[names.findIndex(name => column.test(name.trim()))] ?? ''
    const about = { organizer: cell(columns.organizer), title: cell(columns.title), start: cell(columns.start) }
    yield { place, source: 'csv', ...about, isSeries: false, uid: cell(columns.uid), links: found, rewrite: null }
  }
}

interface GraphEvent {
  subject?: unknown
  organizer?: { emailAddress?: { address?: unknown } }
  start?: { dateTime?: unknown }
  end?: { dateTime?: unknown }
  type?: unknown
  seriesMasterId?: unknown
  recurrence?: unknown
  iCalUId?: unknown
  isCancelled?: unknown
}

/** @param json one page of the answer, `{"value":[…]}`, or a list of events */
export function* scanGraph(place: string, json: unknown, links: OldLinks, scan: Scan): Generator<Found> {
  const value = (json as { value?: unknown } | null)?.value ?? json
  if (!Array.isArray(value)) {
    scan.onUnread(place, 'it is JSON, but no list of events as Graph’s calendarView answers it')
    return
  }
  for (const event of value as (GraphEvent | null)[]) {
    scan.onLooked()
    if (event === null || typeof event !== 'object' || event.isCancelled === true) continue
    const end = Date.parse(`${asText(event.end?.dateTime)}Z`)
    if (!scan.past && end < scan.now.getTime() - 24 * 60 * 60 * 1000) continue
    const found = links.find(allTexts(event).join('\n'))
    if (found.length === 0) continue
    yield {
      place,
      source: 'graph',
      organizer: asText(event.organizer?.emailAddress?.address),
      title: asText(event.subject),
      start: asText(event.start?.dateTime),
      isSeries: ['occurrence', 'exception', 'seriesMaster'].includes(asText(event.type)) || Boolean(event.recurrence),
      uid: asText(event.iCalUId),
      links: found,
      rewrite: null,
    }
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Wherever they stand: body, location, online meeting, extended properties. Not who is invited. */
function allTexts(value: unknown, depth = 8): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || depth === 0) return []
  return Object.entries(value).flatMap(([name, each]) =>
    name === 'attendees' || name === 'organizer' ? [] : allTexts(each, depth - 1),
  )
}
