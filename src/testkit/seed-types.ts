/** What a service holds from the start. Like types.ts, it needs no other types. */

/** A role of an access token, as Webex names them. */
export type Role = 'fullAdmin' | 'contentAdmin' | 'siteAdmin' | 'user'

export interface SeedPerson {
  /** No two people of a site have the same. */
  email: string
  /** Default: always the same for the same address. */
  personId?: string
  /** Names default to what the address says. */
  firstName?: string
  lastName?: string
  displayName?: string
  department?: string
  /** Default: true. Attendees have no room. */
  host?: boolean
  suspended?: boolean
  /** A pinned room is left out of rotations. */
  pinned?: boolean
  /** The ID of the room. Default: one by the rule of the site. */
  personalMeetingRoomId?: string
}

export interface SeedSite {
  /** E.g. `example.webex.com`. */
  siteUrl: string
  /** How the site makes IDs. Default: `random`, with the prefix `pr` and 12 characters. */
  generationMethod?: 'emailPrefix' | 'firstInitialLastName' | 'username' | 'meetingNumber' | 'random'
  prefix?: string
  length?: number
  /** How long a freed ID stays reserved for its last holder. Default: 30. */
  quarantineDays?: number
  /** Whether hosts may choose the ID of their own room. */
  allowCustomUrl?: boolean
  people?: SeedPerson[]
  /** In the rooms of its people. */
  meetings?: SeedMeeting[]
}

export interface SeedMeeting {
  /** 32 hexadecimal digits. Default: the same for the same seed each time. */
  id?: string
  /** The host, in whose room it is. */
  hostEmail: string
  title: string
  agenda?: string
  /** ISO 8601, in `timezone` unless it says otherwise. May be in the past. */
  start: string
  end: string
  /** Of the IANA database. Default: UTC. */
  timezone?: string
  /** RFC 2445, e.g. `FREQ=WEEKLY;INTERVAL=1`. Default: a single meeting. */
  recurrence?: string
  /** E-mail addresses. */
  invitees?: string[]
  /** Occurrences that were moved or, without `start` and `end`, cancelled. `occurrence` is when the rule has it. */
  exceptions?: { occurrence: string; start?: string; end?: string; title?: string }[]
}

export interface TokenOptions {
  /** The token itself. Default: a new one. */
  token?: string
  name?: string
  /** Default: `fullAdmin`. */
  role?: Role
  /** Default: all of them. */
  scopes?: string[]
  /** Default: every site. */
  sites?: string[]
  /** Whose token it is, for the calls about one's own room. */
  email?: string
  /** ISO 8601, by the clock of the service. Default: it never expires. */
  expiresAt?: string
}

export interface SeedWebhook {
  name?: string
  /** Private addresses are allowed here. */
  targetUrl: string
  /** What messages are signed with. */
  secret?: string
  /** `created`, `updated`, `deleted` or `all`. Default: `all`. */
  event?: string
}

/** What a service holds. */
export interface Seed {
  sites?: SeedSite[]
  tokens?: TokenOptions[]
  webhooks?: SeedWebhook[]
}

export interface SeedResult {
  /** How many people were added. */
  people: number
  tokens: { id: string; name: string; token: string }[]
  webhooks: { id: string; targetUrl: string }[]
}
