/** An invitation with the new links, for its organiser to send: besides them, SEQUENCE and DTSTAMP change, and METHOD. */
import { type CalendarEvent, ownLines } from './calendar-events.ts'
import { type ContentLine, propertyOf, withText } from './content-lines.ts'
import type { OldLink, OldLinks } from './old-links.ts'

/** Who takes part, and what identifies the event, is never a place for a link. */
const untouched = new Set(['UID', 'ORGANIZER', 'ATTENDEE', 'BEGIN', 'END', 'DTSTAMP', 'SEQUENCE'])

export function oldLinksIn({ lines }: CalendarEvent, links: OldLinks): OldLink[] {
  return lines.flatMap(({ text }) => (untouched.has(propertyOf(text).name) ? [] : links.find(text)))
}

/** The whole file, one byte a character. */
export function rewriteEvent(event: CalendarEvent, links: OldLinks, now: Date): string {
  const own = new Set(ownLines(event.lines))
  const stamp = `${now.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  const hasSequence = [...own].some(({ text }) => propertyOf(text).name === 'SEQUENCE')
  const lines = event.lines.flatMap((line): ContentLine[] => {
    const { name, parameters, value } = propertyOf(line.text)
    if (own.has(line) && name === 'DTSTAMP') return [withText(line, `DTSTAMP${parameters}:${stamp}`)]
    if (own.has(line) && name === 'SEQUENCE') {
      return [withText(line, `SEQUENCE${parameters}:${(Number.parseInt(value, 10) || 0) + 1}`)]
    }
    if (own.has(line) && name === 'UID' && !hasSequence) return [line, withText(line, 'SEQUENCE:1')]
    return [untouched.has(name) ? line : withText(line, links.replace(line.text))]
  })
  const end = withText(lines[0]!, 'END:VCALENDAR')
  return [...asRequest(event.head), ...lines, end].map(({ raw }) => raw).join('')
}

/** What was published, or exported without a method, is sent as a request. */
function asRequest(head: ContentLine[]): ContentLine[] {
  const given = head.findIndex(({ text }) => propertyOf(text).name === 'METHOD')
  if (given >= 0) return head.map((line, index) => (index === given ? withText(line, 'METHOD:REQUEST') : line))
  return head.flatMap((line, index) => (index === 0 ? [line, withText(line, 'METHOD:REQUEST')] : [line]))
}
