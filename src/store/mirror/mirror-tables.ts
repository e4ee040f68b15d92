/** Rows and columns of mirrored sites: whom the list of people named, what was read, and what is to be read next. */
import type { ColumnType } from 'kysely'
import type { Flag, Nullable } from '../columns.ts'
import type { StoredMessage } from '../stored-message.ts'

export interface MirrorTables {
  site_sync: SyncRow
}

/** What is known of the reading of a person of a mirrored site; all null on other sites. */
export interface MirrorColumns {
  /** When the room was last read; null where it has not been read, or where somebody else was seen with its ID since. */
  seen_at: Nullable<number>
  /** The ID that the list of people shows for the room. It may lag behind, so it is never shown as the room's ID. */
  listed_id: Nullable<string>
  /** The last round of the list that named this person. */
  listed_round: Nullable<number>
  /** 1 where that list had them as a host of the site, 0 as an attendee; null where it had them without the site. */
  listed_host: Nullable<Flag>
  /** The place in the order of reading (rooms/reading-order.ts); null for people without a room to read. */
  read_place: Nullable<number>
  /** From when on the room is to be read before all others; null where there is no hurry. */
  read_due: Nullable<number>
  /** Why the last attempt to read the room failed; null where it succeeded. */
  unread_reason: Nullable<StoredMessage>
}

/** How far the reading of a mirrored site has come. What it read itself is in the rows of people and claims. */
export interface SyncRow {
  site_id: number
  /** Counts the readings of the list of people from 1. */
  round: number
  /** `list`: the list of people is being read. `shrunk`: it has lost too many to be believed. `rooms`: it is complete. */
  phase: 'list' | 'shrunk' | 'rooms'
  /** Where the list continues, as the target gave it; null for its beginning, empty for its end. */
  list_next: string | null
  /** How many people of the site this round has named. */
  listed: number
  /** How many entries of the list say too little to be anybody on the site. */
  odd_entries: number
  /** How many people of the site were known when the round began. */
  known: number
  /** When the list was last read to its end. */
  list_ended_at: number | null
  /** How many people or rooms the list has lost, where that is too many. */
  missing: number
  /** The pass that reads every room once: when it began, and when the last one ended. */
  pass_began_at: number | null
  pass_ended_at: number | null
  /** When anything was last read. */
  last_read_at: number | null
  /** 1 where the service is to go on reading. */
  wanted: Flag
  /** 1 where the list is to be believed though it has lost many; until one has been read. */
  accept_shrink: ColumnType<Flag, Flag | undefined, Flag>
  /** The process that reads, and until when that is known. */
  owner: string | null
  lease_until: number | null
  rooms_per_minute: number | null
  /** Why reading stopped; null where it reads, or has done what it was asked to. */
  stop_reason: StoredMessage | null
}
