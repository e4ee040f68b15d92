/**
 * The rows of the database. Times are milliseconds since 1970; flags are 0 or 1, on both engines.
 *
 * Every table that grows carries `site_id` first in its key, so that PostgreSQL can be distributed by site.
 */
import type { ColumnType, Kysely } from 'kysely'
import type { GenerationMethod } from '../rooms/id-rule.ts'
import type { Flag, Nullable } from './columns.ts'
import type { MeetingTables } from './meetings/meeting-tables.ts'
import type { MirrorColumns, MirrorTables } from './mirror/mirror-tables.ts'
import type { RotationTables } from './rotations/rotation-tables.ts'
import type { WebhookTables } from './webhooks/webhook-tables.ts'

export interface Tables extends RotationTables, MirrorTables, WebhookTables, MeetingTables {
  site: SiteRow
  site_people: SitePeopleRow
  person: PersonRow
  claim: ClaimRow
  batch: BatchRow
  idempotent_answer: IdempotentAnswerRow
  token: TokenRow
  person_name: PersonNameRow
  preference: PreferenceRow
  default_site: DefaultSiteRow
  audit_event: AuditEventRow
  session: SessionRow
}

export type { Flag } from './columns.ts'

/** What queries take: the database, or the transaction that the caller is in. */
export type Db = Kysely<Tables>

export interface SiteRow {
  site_id: number
  /** As given, e.g. `example.webex.com`; compared without regard to case by `url_key`. */
  url: string
  url_key: string
  generation_method: GenerationMethod
  id_prefix: string
  id_length: number
  quarantine_days: number
  allow_custom_url: ColumnType<Flag, Flag | undefined, Flag>
  /** How many guesses, as a power of two, an ID chosen by its host must withstand; 0 for no requirement. */
  minimum_strength: ColumnType<number, number | undefined, number>
  moved_page: ColumnType<Flag, Flag | undefined, Flag>
  /** The token that alone may change rooms now, and until when; null when the site is not locked. */
  lock_token_id: Nullable<string>
  lock_until: Nullable<number>
  /**
   * 1 where the site has webhooks: elsewhere, a batch adds nothing to the outbox. The column keeps its first name
   * because the batch function of a distributed database reads it.
   */
  announces: ColumnType<Flag, Flag | undefined, Flag>
  /** 1 where a second administrator must approve a rotation before it starts. */
  needs_approval: ColumnType<Flag, Flag | undefined, Flag>
  /** JSON of the common settings that differ from the defaults; null where none does. */
  common_settings: Nullable<string>
  created_at: number
  /** `held`: Roomkey is the record of its rooms. `mirrored`: `target` is, and Roomkey has what it has read there. */
  record_holder: ColumnType<'held' | 'mirrored', 'held' | 'mirrored' | undefined, 'held' | 'mirrored'>
  /** The base URL of the API that a mirrored site is read from, and what may be relied on there; else null. */
  target: Nullable<string>
  profile: Nullable<'webex' | 'roomkey'>
}

/** Beside `site`, which every machine of a cluster has a copy of: adding a person must not concern them all. */
export interface SitePeopleRow {
  site_id: number
  /** The highest person number given out on this site. */
  last_person: number
}

export interface PersonRow extends MirrorColumns {
  site_id: number
  /** The person's number on this site: short, because every claim carries it. */
  person: number
  /** Webex's ID of the person: opaque. */
  person_id: string
  email: string
  /**
   * The e-mail in lower case; null once the person is deleted, which frees the address. On a mirrored site, it begins with a
   * colon while the address belongs to somebody else and the person's new one has not been read.
   */
  email_key: string | null
  first_name: string
  last_name: string
  display_name: string
  username: string | null
  department: string | null
  /** 1 for hosts, who have a room; 0 for attendees, who have none. */
  host: Flag
  suspended: Flag
  /** A pinned room is left out of rotations. */
  pinned: Flag
  created_at: number
}

/**
 * The fact that a room took an ID. Append-only: a claim is never changed and never removed.
 *
 * A column that is added here must be added in all five places that insert a claim: refresh/changes.ts,
 * sqlite/refresh-transaction.ts, and in postgres/ refresh-transaction.ts, refresh-in-one-statement.ts and batch-function.ts.
 */
export interface ClaimRow {
  site_id: number
  person: number
  /** Counts a person's claims from 1: the newest is the ID that the room carries. */
  number: number
  /** The ID as given, and in lower case; both null where the room gave up its ID without taking another. */
  id: string | null
  key: string | null
  /** Counts the claims on a key from 1: the unique index on it is the judge of every race. */
  tenure: number
  batch: number
  /** When it was given or, on a mirrored site, read. */
  at: number
  /** How it is known; null where Roomkey gave the ID. */
  origin: Nullable<ClaimOrigin>
}

/** `observed`: read at the target of a mirrored site. `imported`: from a file of people. */
export type ClaimOrigin = 'observed' | 'imported'

/** One row per accepted change of rooms. */
export interface BatchRow {
  site_id: number
  batch: number
  at: number
  token_id: string
  tracking_id: string
  rotation_id: string | null
  /** JSON: the numbers of the people whose rooms it changed; null in what older versions wrote. */
  people: ColumnType<string | null, string | null | undefined, never>
}

/** The answer to a call with an `Idempotency-Key`, to be repeated for 24 hours. */
export interface IdempotentAnswerRow {
  site_id: number
  token_id: string
  key: string
  /** SHA-256 of the request, in hexadecimal. */
  request_digest: string
  /** JSON of the outcome. */
  outcome: string
  at: number
}

export interface TokenRow {
  token_id: string
  /** SHA-256 of the token, in hexadecimal: the token itself is not stored. */
  hash: string
  name: string
  role: string
  /** Separated by spaces. */
  scopes: string
  /** URLs of the sites separated by spaces; null for all of them. */
  sites: string | null
  /** Whose token it is, for the calls about one's own room; null for tokens that belong to nobody. */
  email_key: string | null
  created_at: number
  expires_at: number | null
  revoked_at: Nullable<number>
  /** The token that it was made with, or `command-line:` and a user; null for the first ones. */
  made_by: ColumnType<string | null, string | null | undefined, never>
  /** 1 where it came from ROOMKEY_ADMIN_TOKEN: the next one from there replaces it. */
  from_environment: ColumnType<Flag, Flag | undefined, never>
}

/** The phrases that people are searched by: the display name from each of its words on, folded (name-phrases.ts). */
export interface PersonNameRow {
  site_id: number
  phrase: string
  person: number
}

export type PreferenceKind = 'personalMeetingRoom' | 'audio' | 'video' | 'schedulingOptions'

/** A person's preferences; a kind without a row has its defaults. */
export interface PreferenceRow {
  site_id: number
  person: number
  kind: PreferenceKind
  /** JSON in the shape of the wire, without any PIN. */
  value: string
  /** The PIN of this kind as `scrypt$salt$hash`: nobody can read it back. */
  pin_hash: string | null
}

/** The default site of a person's calls that name none. */
export interface DefaultSiteRow {
  email_key: string
  /** The number of a site, under another name: this table is not part of any site. */
  chosen_site: number
}

/** One entry of the audit log, written in the transaction that it describes. */
export interface AuditEventRow {
  /** 0 for events of the service as a whole. */
  site_id: number
  /** A UUID of version 7: later ones sort later. */
  event_id: string
  at: number
  token_id: string
  tracking_id: string
  action: string
  /** What the event is about: an e-mail, a token's ID, … */
  subject: string | null
  /** JSON of what was asked for. Holds no secret. */
  detail: string
}

/** Console sessions. */
export interface SessionRow {
  /** SHA-256, in hexadecimal, of the secret in the browser's cookie. */
  hash: string
  token_id: string
  created_at: number
  expires_at: number
}
