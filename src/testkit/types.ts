/**
 * The types of `roomkey/testing`. They stand alone, so that a test needs no other types than these.
 */

import type { Seed, SeedPerson, SeedResult, TokenOptions } from './seed-types.ts'

export type * from './seed-types.ts'

/** What happens to a call; exactly one of these. */
export type Fault =
  /** An error with its documented body, or with another one; `retryAfter` is sent as it is, well formed or not. */
  | { status: number; body?: unknown; retryAfter?: number | string }
  /** The connection is closed without an answer, before or after the call has done its work. */
  | { drop: 'beforeCommit' | 'afterCommit' }
  /** The connection is reset before any work. */
  | { reset: true }
  /** The answer ends after this many bytes of its body. */
  | { truncate: number }
  /** The answer comes so much later, by the clock of the service. */
  | { slowMs: number }
  /** The first half of a batch is refreshed, then the answer is 500. */
  | { halfApplied: true }
  /** The answer shows rooms as they were that long ago. */
  | { staleSeconds: number }

export interface FaultRule {
  /** A call by name, e.g. `refreshId`, or by method and path, e.g. `GET /people`. Default: every call of Webex. */
  call?: string
  /** Calls that name this person, by e-mail address or person ID. */
  person?: string
  /** Calls that name this site. */
  site?: string
  /** From the first time on, until before the second: ISO 8601, by the clock of the service. */
  between?: [from: string, until: string]
  /** The first call to hit, counted among those that match. Default: 1. */
  nth?: number
  /** How many calls it hits; each hit is used up by exactly one call. Default: all, until the rule is removed. */
  times?: number
  fault: Fault
}

export interface StandingRule {
  id: string
  rule: FaultRule
  /** How many calls have matched, and how many of them it was applied to. */
  matched: number
  hit: number
}

export interface RecordedCall {
  /** From 1, in the order in which calls came in. */
  number: number
  at: string
  /** The name of the call; null for what is not a call of Webex. */
  call: string | null
  method: string
  url: string
  /** Without the token and cookies. */
  headers: Record<string, string>
  body: unknown
  /** The ID of the token; null for none or an unknown one. */
  token: string | null
  /** Null until there is an answer, or if it was lost. */
  status: number | null
  answer: unknown
  /** The ID of the rule that was applied to it. */
  fault: string | null
}

/**
 * How a target behaves where Webex's documentation is silent: what `roomkey probe` finds out. What is left out or
 * `unknown` is as Roomkey does it.
 */
export interface TargetAnswers {
  /** Whether a room gets an ID back that it has just given up, or only after an hour. */
  lastHolder?: 'returns' | 'waits' | 'unknown'
  /** Whether a batch may name people by person ID. */
  personIds?: 'accepted' | 'refused' | 'unknown'
  /** How old the rooms are that readings show, in seconds. */
  staleSeconds?: number | 'unknown'
  /** Whether the list of people shows rooms, as they are or as they were half an hour ago. */
  listedRooms?: 'fresh' | 'stale' | 'absent' | 'unknown'
  /** Whether a room may be given the ID that it has. */
  ownId?: 'accepted' | 'refused' | 'unknown'
  /** Whether an ID that one room gave up can be given to another at once. */
  freedIds?: 'free' | 'reserved' | 'unknown'
  /** Whether IDs that differ in capitals alone are the same ID. */
  idCase?: 'ignored' | 'matters' | 'unknown'
  /** Whom a refused batch changes. */
  refusedBatch?: 'changesNobody' | 'changesThoseBefore' | 'changesOthers' | 'unknown'
  /** Whether a refusal names the offending items to those who ask for it. */
  offenders?: 'named' | 'unnamed' | 'unknown'
  /** Whether rooms of one batch may take IDs from each other: all, only from those before them, or none. */
  swaps?: 'inBatch' | 'inOrder' | 'refused' | 'unknown'
  /** What becomes of a batch that names one person twice. */
  samePersonTwice?: 'refused' | 'firstWins' | 'lastWins' | 'unknown'
  /** What becomes of a batch that gives two people the same ID. */
  sameIdTwice?: 'refused' | 'accepted' | 'unknown'
  /** Whether the answer lists people in the order of the request. */
  answerOrder?: 'asRequested' | 'other' | 'unknown'
  /** Whether an ID may have 64 characters. */
  longIds?: 'accepted' | 'refused' | 'unknown'
  /** Whether an ID may contain an underscore. */
  underscores?: 'accepted' | 'refused' | 'unknown'
  /** How `Retry-After` is put. */
  retryAfter?: 'seconds' | 'fraction' | 'date' | 'other' | 'none' | 'unknown'
}

export interface StartOptions {
  /** What it holds from the start, and after each `reset`: an object, or a JSON file. Default: one empty site, example.webex.com. */
  seed?: Seed | string
  /** As which target it behaves: what `roomkey probe` has written, as an object or a JSON file. */
  profile?: { answers: TargetAnswers } | string
  /** Default: a free one. */
  port?: number
  /** Calls a minute and token. Default: no limit. */
  rateLimit?: number
  /** The time at the start: ISO 8601. Default: the machine's. */
  now?: string
  /** Whether the clock stands still from the start. */
  frozen?: boolean
}

/** A service in this process, with a database of its own that goes with it. */
export interface Roomkey {
  /** E.g. `http://127.0.0.1:41234`. Webex's calls are under `/v1`. */
  readonly url: string
  /** A new token. Without options, one that may do everything. */
  token(options?: TokenOptions): Promise<string>
  /** Adds all of it, or nothing. @throws Error that says what cannot be */
  seed(seed: Seed | string): Promise<SeedResult>
  /** Keeps what there is, under a name. */
  snapshot(name?: string): Promise<void>
  /** Puts that back. @throws Error where there is no snapshot of that name */
  restore(name?: string): Promise<void>
  /** Back to how it started: people, rooms, tokens; no faults, no recorded calls. The clock goes on. */
  reset(): Promise<void>
  /** The calls that came in, in their order; of one name alone, if one is given. */
  calls(name?: string): RecordedCall[]
  readonly people: {
    /** Adds one to a site; to the first one, if none is named. */
    add(person: SeedPerson, siteUrl?: string): Promise<void>
    /** The ID that somebody's room carries now; null where there is no such host. */
    roomId(email: string, siteUrl?: string): Promise<string | null>
  }
  readonly faults: {
    add(rule: FaultRule): StandingRule
    list(): StandingRule[]
    /** False where there is none of that ID. */
    remove(id: string): boolean
    clear(): void
  }
  readonly clock: {
    now(): Date
    /** Stops the clock. What sleeps by it sleeps until it is moved. */
    freeze(): void
    /** Lets it go on. */
    resume(): void
    set(time: Date | string): Promise<void>
    /** Milliseconds, or e.g. `31m`, `12h`, `31d`. What falls due on the way happens, in order, before this resolves. */
    advance(by: number | string): Promise<void>
    /** How fast it goes. */
    scale(factor: number): void
  }
  /** Signing in: `/v1/authorize`, `/v1/access_token`, `/v1/device/…` and `/v1/applications/{id}/token`. */
  readonly signIn: {
    /** For access tokens that are issued from now on, and for renewals. */
    change(change: { accessSeconds?: number; refuseRefresh?: boolean }): void
    /** Ends every access token that signing in has given. */
    expireAccessTokens(): Promise<void>
  }
  /** Ends the service and removes its database. */
  close(): Promise<void>
}
