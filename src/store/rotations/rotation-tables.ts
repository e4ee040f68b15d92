/** The rows of a rotation. Times are milliseconds since 1970. */
import type { ColumnType } from 'kysely'

import type { StoredMessage } from '../stored-message.ts'

type Later<Value> = ColumnType<Value | null, Value | null | undefined, Value | null>

export interface RotationTables {
  rotated_site: RotatedSiteRow
  rotation: RotationRow
  rotation_item: RotationItemRow
  rotation_event: RotationEventRow
  rotation_draft: RotationDraftRow
}

/** A site that was ever rotated. One that is not in this database's `site` has a number below 0. */
export interface RotatedSiteRow {
  site_id: number
  url: string
  url_key: string
}

/**
 * planning: people are still being added. failed: they never were, and it says why. planned: may run. running: a process has it. stopped: may be resumed.
 * finished: nothing is left to do.
 */
export type RotationState = 'planning' | 'failed' | 'planned' | 'running' | 'stopped' | 'finished'

export interface RotationRow {
  site_id: number
  /** Counts the site's rotations from 1. */
  rotation: number
  state: RotationState
  /** The base URL of the API that it talks to. */
  target: string
  profile: 'webex' | 'roomkey'
  /** JSON of what it relies on of the target; null in older plans, which rely on what their profile says by name. */
  behaviour: Later<string>
  /** JSON of where the new IDs come from. */
  source: string
  /** Who was chosen. */
  choice: StoredMessage
  /** The rotation that this one undoes. */
  undo_of: number | null
  created_at: number
  started_at: Later<number>
  finished_at: Later<number>
  plan_hash: Later<string>
  /** How many moves go first, alone. */
  canary: number
  /** 1 when self-service is to be switched off while it runs. */
  freeze: 0 | 1
  /** What self-service is to be set back to, while it is switched off; null when it is not. */
  frozen_from: Later<0 | 1>
  /** The process that plans or runs it, and until when it may be thought alive. */
  owner: Later<string>
  lease_until: Later<number>
  stop_reason: Later<StoredMessage>
  /** The tokens of the administrators who planned it and who approved it, where the service was asked to. */
  planned_by: Later<string>
  approved_by: Later<string>
  approved_at: Later<number>
  /** 1 where its site asked for a second administrator when it was planned: whatever the site asks for since. */
  approval_needed: ColumnType<0 | 1, 0 | 1 | undefined, never>
  /** The hash of the plan that was approved: another one is not approved. */
  approved_hash: Later<string>
  /** JSON array of what was noted when it was planned, each a message or a text; null in what older versions planned. */
  warnings: Later<string>
  /** How many calls a run of it makes at most, with all resumptions (planning/call-bound.ts); null in older plans. */
  max_calls: Later<number>
  /** Rooms that were read longer ago are looked at just before they are sent, in milliseconds; null in older plans: an hour. */
  fresh_ms: Later<number>
  /** 1 where a room that has another ID by then is changed all the same; 0 where it is held. */
  overwrite_changed: ColumnType<0 | 1, 0 | 1 | undefined, never>
  /** When the verification began that is under way, or whose process died; null where none is. */
  verify_began_at: Later<number>
  /** When somebody asked for it to be stopped, until the process that runs it has stopped. */
  stop_asked_at: Later<number>
  /** 1 where a plan that stopped before its end can be gone on with: what was asked for is in `rotation_draft`. */
  resumable: ColumnType<0 | 1, 0 | 1 | undefined, 0 | 1>
  /** How many events the journal has, and the hash of the last. */
  events: ColumnType<number, number | undefined, number>
  head: ColumnType<string, string | undefined, string>
}

/** What a plan that is being made was asked for, and how far it is; gone once it is made. */
export interface RotationDraftRow {
  site_id: number
  rotation: number
  /** JSON. */
  request: string
  /** JSON; null until something has been read. */
  progress: Later<string>
}

/** move: a room's change. temporary: a step in between, to free an ID. left: a person left out, with the reason. */
export type ItemKind = 'move' | 'temporary' | 'left'

/** held: it had another ID than planned when its turn came, so that it was not sent. */
export type ItemState = 'pending' | 'sent' | 'unsure' | 'done' | 'refused' | 'held' | 'left'

export interface RotationItemRow {
  site_id: number
  rotation: number
  number: number
  kind: ItemKind
  person_id: string
  email: string
  name: string
  /** The snapshot: the ID before, as given and in lower case. Null for a move whose room has not been read. */
  old_id: string | null
  old_key: string | null
  /** Of a room that has not been read: JSON of planning/listed.ts. Null once it has been. */
  listed: Later<string>
  /** The ID asked for; null where the site's rule gives it. */
  new_id: string | null
  new_key: string | null
  /** The ID before as it was planned, where a run found another and took that into the snapshot (`overwrite_changed`). */
  planned_old_id: Later<string>
  /** JSON array: IDs that were asked for before `new_id`, the planned one first; null where that is the planned one. */
  earlier_new_ids: Later<string>
  /** When the ID before was last read; null in older plans. */
  read_at: Later<number>
  wave: ColumnType<number, number | undefined, number>
  waits_for: Later<number>
  /** Moves with the same part above 0 are sent together. */
  part: ColumnType<number, number | undefined, number>
  state: ItemState
  /** How often it was sent alone, or was not in an answer of 200, and was not seen to be changed. */
  tries: ColumnType<number, number | undefined, number>
  /** Why it was left out, held or refused. */
  reason: StoredMessage | null
  /** The journal's entry about the batch it was last sent in. */
  intent: Later<number>
  /** While unsure: since when, and when to read it back. */
  since: Later<number>
  due: Later<number>
  /**
   * The ID that the room carries as far as the target has answered; while it is not done, one that it was given instead, or
   * was found with where it is held.
   */
  settled_id: Later<string>
  settled_at: Later<number>
  tracking_id: Later<string>
  /**
   * since: it was given the ID that it shows after the rotation. listed: the list of people shows its new ID, and a sample
   * of that list was right. unread: it could not be read.
   */
  verified: Later<'changed' | 'listed' | 'notYetVisible' | 'unread' | 'since' | 'wrong'>
  verified_at: Later<number>
  /** otherAddress: the host has another e-mail address by now, so that none is sent. */
  letter: Later<'written' | 'sending' | 'sent' | 'otherAddress'>
}

export interface RotationEventRow {
  site_id: number
  rotation: number
  number: number
  at: number
  kind: string
  /** JSON. */
  body: string
  /** SHA-256 over the hash before it and this event, in hexadecimal. */
  hash: string
}
