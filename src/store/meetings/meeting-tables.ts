/** Rows of meetings in personal rooms. Times are milliseconds since 1970. */

export interface MeetingTables {
  meeting: MeetingRow
  meeting_invitee: MeetingInviteeRow
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
