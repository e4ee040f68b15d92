/**
 * A fault is one thing that a target does and should not, or does and is not documented to do. It hooks into the
 * stages that a call passes, so that any two of them can be put together.
 */
import type { Chance } from '../chance.ts'
import type { Account, CallKind } from './account.ts'
import type { TargetPerson } from './people.ts'
import type { Rooms } from './rooms.ts'

/** What is left undefined by Webex, and so is different from target to target. */
export interface Rules {
  /** What a batch with an offender does to the others: nothing, those before it, or some of them. */
  refusedBatch: 'changesNobody' | 'changesThoseBefore' | 'changesSome'
  /** Whether people may take each other's IDs within one batch. */
  swaps: 'inBatch' | 'refused'
  /** Whether an ID that was given up stays with its last holder. */
  freedIds: 'free' | 'reserved'
  /** Whether a room's own ID may be asked for. */
  ownId: 'accepted' | 'refused'
  /** Whether offending items are named, by RFC 9457. */
  offenders: 'unnamed' | 'named'
  /** Whether the list of people shows rooms as SIP addresses. */
  listsRooms: boolean
  /** Whether a call with an `Idempotency-Key` that was seen before gets its first answer again. */
  honoursKeys: boolean
}

export interface AskedRoom {
  person: TargetPerson
  /** Null where the site's rule is to give it. */
  roomId: string | null
}

export interface Call {
  /** Counts all calls from 1, and those of its kind from 1. */
  number: number
  nth: number
  kind: CallKind
  method: string
  url: URL
  headers: Headers
  body: unknown
  /** The people whom a refresh or a reading is about, as far as they exist. */
  about: TargetPerson[]
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  /** Sent as it is when it is a string, else as JSON. */
  body?: unknown
  /** How it gets lost on its way. */
  lost?: 'reset' | 'hang' | 'cut'
}

export interface ListEntry {
  [field: string]: unknown
}

/** The imitated target, as faults see it. */
export interface World {
  siteUrl: string
  /** Where it is reached. */
  origin: string
  /** In the order of the list; a fault may change them. */
  people: TargetPerson[]
  rooms: Rooms
  account: Account
  chance: Chance
  now(): number
  /** Changes a room, by a call or by somebody else (0). */
  change(person: TargetPerson, id: string, call: number): void
  /** An ID that nobody has, in the shape of Webex's own. */
  freshId(): string
}

export interface Hooks {
  rules?: Partial<Rules>
  /** Happens just before a call is served. */
  meanwhile?(call: Call): void
  /** Answers a call before the target does anything. */
  instead?(call: Call): Answer | undefined
  /** Why the target will never change this room, or undefined. */
  refuses?(asked: AskedRoom): string | undefined
  /** Whether no call ever changes this person's room, be it that it fails or that another ID is given. */
  blocks?(person: TargetPerson): boolean
  /** Whether the target says that it changed this room, and does not. */
  skips?(asked: AskedRoom): boolean
  /** The ID that the room gets instead of the one that was asked for. Called once per item and batch. */
  gives?(asked: AskedRoom, call: Call): string | undefined
  /** What becomes of the answer after the target has done its work. */
  answers?(call: Call, answer: Answer): Answer
  /** The order and repetitions of the list. */
  lists?(people: TargetPerson[]): TargetPerson[]
  /** How many entries a page of the list has; pages count from 0. */
  pageSize?(page: number): number
  /** What the list shows of somebody; `copy` counts from 0 where somebody is listed more than once. */
  entry?(entry: ListEntry, person: TargetPerson, copy: number): ListEntry
  /** The address of the next page, as it stands in the `Link` header; other faults may have changed it before. */
  nextLink?(next: string, current: URL): string
  /** How old, in milliseconds, the state is that a reading shows. */
  readingAge?(person: TargetPerson): number
  /** The link that a reading shows. */
  roomLink?(id: string): string
}

export interface Fault {
  /** What it does, in one line. */
  readonly about: string
  /** It contradicts what a Roomkey service promises, so that only Webex is imitated with it. */
  readonly webexOnly?: boolean
  /** The list of people cannot be read to its end, so that an error is the right answer to a wish for a plan. */
  readonly listUnreadable?: boolean
  /** Begins it anew for one target. */
  begin(world: World): Hooks
}
