/** An event, or a mail, in which an old link stands. */
import type { OldLink } from './old-links.ts'

export interface Found {
  /** The file, and which message of it where it is a mailbox. */
  place: string
  source: 'ics' | 'mail' | 'csv' | 'graph'
  /** Empty where the file does not say. */
  organizer: string
  title: string
  /** As in the file. */
  start: string
  isSeries: boolean
  uid: string
  links: OldLink[]
  /** The updated invitation, one byte a character, where one can be made: only of iCalendar, and only with the new link. */
  rewrite: (() => string) | null
}

/** What a scan is told, and tells. */
export interface Scan {
  now: Date
  /** Also what is over. */
  past: boolean
  /** Events and mails that were looked at. */
  onLooked(): void
  /** Events that were left out because they are over. */
  onOver?(): void
  /** A file, or a part of one, that cannot be read, and why. */
  onUnread(place: string, why: string): void
}
