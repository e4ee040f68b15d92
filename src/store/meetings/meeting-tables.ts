/** Rows of meetings in personal rooms. Times are milliseconds since 1970. */
import type { Flag } from '../columns.ts'
import type { StoredMessage } from '../stored-message.ts'

export interface MeetingTables {
  meeting: MeetingRow
  meeting_invitee: MeetingInviteeRow
  meeting_reading: MeetingReadingRow
  affected_meeting: AffectedMeetingRow
}

export interface MeetingRow {
  site_id: number
  /** 32 hexadecimal digits. An occurrence has this, `_` and its time as ID. */
  meeting_id: string
  /** The host's number on the site. */
  person: number
  title: string
  agenda: string | null
  /** Of the IANA database: a rule is followed by its clock. */
  timezone: string
  /** Of the first occurrence. */
  starts_at: number
  ends_at: number
  /** The rule of RFC 2445; null for a single meeting. */
  recurrence: string | null
  /** JSON: the occurrences that were moved or cancelled, as rooms/meeting-times.ts has them. */
  exceptions: string
  /** When the last occurrence ends; null where there is always another one. */
  last_end: number | null
  created_at: number
}

/** An address that a meeting was sent to, in lower case; nobody of the site need have it. */
export interface MeetingInviteeRow {
  site_id: number
  email_key: string
  meeting_id: string
}

/** How the meetings of one host of a rotation were last read at its target. */
export interface MeetingReadingRow {
  site_id: number
  rotation: number
  /** The line of the rotation. */
  number: number
  read_at: number
  /** Up to when meetings were asked for. */
  until: number
  /** 1 where the room had been changed by then. */
  changed: Flag
  /** Why the last reading failed; null where it did not. */
  reason: StoredMessage | null
  /** How many occurrences were found, of all series. */
  occurrences: number
}

/** A meeting in the room of a host of a rotation. Holds no password, key or code. */
export interface AffectedMeetingRow {
  site_id: number
  rotation: number
  number: number
  series_id: string
  title: string
  /** The first and the last occurrence that were found. */
  first_at: number
  last_at: number
  occurrences: number
  /** The ID in its link, where that was one of a room. */
  link_id: string | null
  /** 1 where it was there before the room was changed. */
  seen_before: Flag
}
