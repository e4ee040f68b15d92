/** The events of an iCalendar file, one at a time, each with what stands around it: a million need no more memory. */
import { lastEnd } from '../../rooms/meeting-times.ts'
import { recurrenceFault } from '../../rooms/recurrence.ts'
import { type ContentLine, contentLines, propertyOf, textOf } from './content-lines.ts'

export interface CalendarEvent {
  /** The lines of the calendar before its first event, time zones among them, and from BEGIN:VEVENT to END:VEVENT. */
  head: ContentLine[]
  lines: ContentLine[]
  /** Of the calendar: REQUEST, PUBLISH, CANCEL, REPLY or another; empty where it has none. */
  method: string
  uid: string
  title: string
  /** An address, where it has an organiser. */
  organizer: string
  /** As in the file, e.g. `20260301T090000` or with `Z`. */
  start: string
  isSeries: boolean
  isCancelled: boolean
  /** Milliseconds since 1970, roughly: times in zones of a file's own are taken for UTC. Null for a series without an end. */
  endsAt: number | null
}

/** Longer ones are no invitations, but would fill memory. */
const maxLines = 200_000

export async function* calendarEvents(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<CalendarEvent> {
  let head: ContentLine[] = []
  let event: ContentLine[] | null = null
  for await (const line of contentLines(chunks)) {
    const text = line.text.trim().toUpperCase()
    if (event !== null) {
      if (event.length < maxLines) event.push(line)
      if (text === 'END:VEVENT') {
        yield readEvent(head, event)
        event = null
      }
    } else if (text === 'BEGIN:VEVENT') event = [line]
    else if (text === 'BEGIN:VCALENDAR') head = [line]
    else if (text !== 'END:VCALENDAR' && head.length < maxLines) head.push(line)
  }
}

function readEvent(head: ContentLine[], lines: ContentLine[]): CalendarEvent {
  const own = new Map<string, string>()
  for (const { text } of ownLines(lines)) {
    const { name, value } = propertyOf(text)
    if (!own.has(name)) own.set(name, value)
  }
  const method = head.map(({ text }) => propertyOf(text)).find(({ name }) => name === 'METHOD')?.value ?? ''
  const rule = own.get('RRULE')
  const start = own.get('DTSTART') ?? ''
  return {
    head,
    lines,
    method: method.trim().toUpperCase(),
    uid: own.get('UID') ?? '',
    title: textOf(own.get('SUMMARY') ?? ''),
    organizer: textOf(own.get('ORGANIZER') ?? '').replace(/^mailto:/i, ''),
    start,
    isSeries: rule !== undefined || own.has('RDATE'),
    isCancelled: own.get('STATUS')?.trim().toUpperCase() === 'CANCELLED',
    endsAt: endOf(start, own.get('DTEND') ?? start, rule, own.has('RDATE')),
  }
}

/** Those of the event itself, without alarms and the like inside it. */
export function* ownLines(lines: ContentLine[]): Generator<ContentLine> {
  let depth = 0
  for (const line of lines) {
    if (/^BEGIN:/i.test(line.text)) depth += 1
    if (depth === 1) yield line
    if (/^END:/i.test(line.text)) depth -= 1
  }
}

function endOf(start: string, end: string, rule: string | undefined, hasDates: boolean): number | null {
  const startsAt = timeOf(start)
  if (startsAt === null || hasDates) return null
  const endsAt = Math.max(timeOf(end) ?? startsAt, startsAt)
  if (rule === undefined) return endsAt
  const plain = rule.trim().toUpperCase()
  if (recurrenceFault(plain) !== undefined) return null
  return lastEnd({ startsAt, endsAt, timezone: 'UTC', recurrence: plain, exceptions: [] })
}

function timeOf(value: string): number | null {
  const [, year, month, day, hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?/.exec(value.trim()) ?? []
  if (year === undefined) return null
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(time) ? null : time
}
