/**
 * Checks that a rotation is what it was: the plan against its hash, each event of the journal against the chain, and
 * every room's state against its outcome in the journal.
 */
import { createHash } from 'node:crypto'
import type { MessageOrText } from '../../messages/message.ts'
import { eventHash, type RotationKey } from '../../store/rotations/journal.ts'
import { eachEvent, eachItem, getRotation, type RotationItem } from '../../store/rotations/rotations.ts'
import { fromStored } from '../../store/stored-message.ts'
import type { Db } from '../../store/tables.ts'
import { planHash } from '../planning/plan-hash.ts'
import type { OutcomeBody } from '../running/journal-events.ts'

/** Every fault found, as one sentence each; none when the rotation is whole. */
export async function checkRotation(db: Db, key: RotationKey): Promise<string[]> {
  const rotation = await getRotation(db, key)
  const faults: string[] = []
  if (rotation.plan_hash !== null && rotation.plan_hash !== (await planHash(rotation, eachItem(db, key)))) {
    faults.push('The plan is not what it was when its hash was made.')
  }

  const journal = new Map<number, string>()
  /** What a run found or drew instead of what was planned. */
  const ids: RunIds = { old: new Map(), new: new Map() }
  let head = rotation.plan_hash ?? ''
  let expected = 1
  for await (const events of eachEvent(db, key)) {
    for (const event of events) {
      if (event.number !== expected) faults.push(`Event ${expected} of the journal is missing.`)
      expected = event.number + 1
      if (eventHash(head, event) !== event.hash) faults.push(`Event ${event.number} of the journal was changed.`)
      head = event.hash
      replay(event, journal, ids)
    }
  }
  if (rotation.events !== expected - 1) faults.push(`The journal should have ${rotation.events} events.`)
  if (rotation.events > 0 && rotation.head !== head) faults.push('The end of the journal is not what it was.')

  for await (const items of eachItem(db, key)) {
    for (const item of items) {
      const journalled = journal.get(item.number) ?? (item.kind === 'left' ? 'left' : 'pending')
      if (journalled !== stateOf(item)) faults.push(`The state of ${item.email} is not what the journal says.`)
      if (!hasIds(item, ids)) faults.push(`The IDs of ${item.email} are not what the journal says.`)
    }
  }
  return faults
}

interface RunIds {
  old: Map<number, string>
  new: Map<number, string>
}

/** The plan's hash covers what was planned; what came in its place since is in the journal. */
function hasIds({ number, old_id, planned_old_id, new_id, earlier_new_ids }: RotationItem, ids: RunIds): boolean {
  const old = ids.old.get(number)
  const drawn = ids.new.get(number)
  if ((planned_old_id === null) !== (old === undefined) || (earlier_new_ids === null) !== (drawn === undefined))
    return false
  return (old === undefined || old === old_id) && (drawn === undefined || drawn === new_id)
}

/** The state and, in short, the words that came with it. */
function stateOf({ state, settled_id, reason, tracking_id }: RotationItem): string {
  if (state === 'done') return digestOf('done', settled_id ?? '', tracking_id)
  return state === 'refused' ? digestOf('refused', reason === null ? '' : fromStored(reason), tracking_id) : state
}

/** A plan may have half a million rooms: each is remembered by a few bytes. */
function digestOf(state: 'done' | 'refused', words: MessageOrText, trackingId: string | null = null): string {
  return `${state} ${createHash('sha256')
    .update(JSON.stringify([words, trackingId]))
    .digest('base64')
    .slice(0, 12)}`
}

function replay({ kind, body }: { kind: string; body: string }, journal: Map<number, string>, ids: RunIds): void {
  const parsed = readBody(body)
  if (parsed === undefined) return
  if (kind === 'intent') for (const number of parsed.moves ?? []) journal.set(number, 'sent')
  if (kind === 'looked') for (const [number] of parsed.held ?? []) journal.set(number, 'held')
  if (kind === 'looked') for (const [number, id] of parsed.taken ?? []) ids.old.set(number, id)
  if (kind !== 'outcome') return
  for (const [number, id] of parsed.drawn ?? []) ids.new.set(number, id)
  for (const [number, id] of parsed.done ?? []) journal.set(number, digestOf('done', id, parsed.trackingId))
  for (const [number, reason] of parsed.refused ?? [])
    journal.set(number, digestOf('refused', reason, parsed.trackingId))
  for (const number of parsed.pending ?? []) journal.set(number, 'pending')
  for (const number of parsed.unsure ?? []) journal.set(number, 'unsure')
}

/** An event that cannot be read was changed, which its hash has shown already. */
function readBody(
  body: string,
):
  | (Partial<OutcomeBody> & { moves?: number[]; held?: [number, string | null][]; taken?: [number, string][] })
  | undefined {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
