/**
 * What the target itself knows of what happened to it: every call that arrived, and every change of a room. Tests judge
 * a rotation by this and not by the rotation's own journal.
 */
export interface Change {
  personId: string
  from: string
  to: string
  /** Milliseconds since 1970. */
  at: number
  /** The number of the call that did it, or 0 for what somebody else did. */
  call: number
}

export type CallKind = 'list' | 'person' | 'readRoom' | 'refresh' | 'readSettings' | 'writeSettings' | 'other'

export interface CallRecord {
  /** Counts all calls from 1. */
  number: number
  kind: CallKind
  at: number
  /** The person IDs of those whom it is about, as far as they exist. */
  people: string[]
  /** What the caller saw: a status, or how the call was lost. Null while it is under way. */
  outcome: number | 'reset' | 'hang' | 'cut' | null
}

export class Account {
  readonly calls: CallRecord[] = []
  readonly changes: Change[] = []
  /** Addresses of other origins that were called, with the token or without. The target never asks for that. */
  readonly leaks: string[] = []

  count(kind: CallKind): number {
    return this.calls.filter(call => call.kind === kind).length
  }
}
