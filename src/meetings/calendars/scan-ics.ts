import { type CalendarEvent, calendarEvents } from './calendar-events.ts'
import type { Found, Scan } from './found.ts'
import type { OldLinks } from './old-links.ts'
import { oldLinksIn, rewriteEvent } from './rewrite-event.ts'

/** The events of an iCalendar text with an old link. @param chunks one byte a character */
export async function* scanIcs(
  place: string,
  chunks: AsyncIterable<string> | Iterable<string>,
  links: OldLinks,
  scan: Scan,
): AsyncGenerator<Found> {
  for await (const event of calendarEvents(chunks)) {
    scan.onLooked()
    if (isOver(event, scan)) {
      scan.onOver?.()
      continue
    }
    const found = oldLinksIn(event, links)
    if (found.length === 0) continue
    const { organizer, title, start, isSeries, uid } = event
    const canRewrite = uid !== '' && found.some(({ replacement }) => replacement !== null)
    const rewrite = canRewrite ? () => rewriteEvent(event, links, scan.now) : null
    yield { place, source: 'ics', organizer, title, start, isSeries, uid, links: found, rewrite }
  }
}

/** Cancelled ones, answers to invitations, and what has ended more than a day ago. */
function isOver({ method, isCancelled, endsAt }: CalendarEvent, { past, now }: Scan): boolean {
  if (isCancelled || method === 'CANCEL' || method === 'REPLY') return true
  return !past && endsAt !== null && endsAt < now.getTime() - 24 * 60 * 60 * 1000
}
