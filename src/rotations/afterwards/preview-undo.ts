/** Says what undoing a rotation would do, before a plan is made of it. Writes nothing. */

import { message } from '../../messages/message.ts'
import { type ReasonCount, ReasonCounts } from '../../messages/reason-counts.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { PlannedItem } from '../../store/rotations/plans.ts'
import type { PlanDeps } from '../planning/plan-request.ts'
import { touchedRooms } from './touched-rooms.ts'
import { undoItems } from './undo.ts'

export interface UndoPreview {
  /** How many rooms get their old ID back. */
  back: number
  /** Why the others stay as they are, and how many for each reason. */
  stay: ReasonCount[]
  /** The first of both kinds, those that go back before the others. */
  items: PlannedItem[]
}

type Deps = Pick<PlanDeps, 'store' | 'client' | 'now'>

/** @param shown how many rooms of each kind to name. */
export async function previewUndo(undone: RotationKey, deps: Deps, shown: number): Promise<UndoPreview> {
  let back = 0
  let going: PlannedItem[] = []
  const staying = new Map<number, PlannedItem>()
  for await (const items of undoItems(undone, deps)) {
    for (const item of items) {
      if (item.kind === 'left') staying.set(item.number, item)
      else {
        back += 1
        if (going.length < shown) going.push(item)
      }
    }
  }
  back -= await keepClashing(undone, deps, staying)
  going = going.filter(({ number }) => !staying.has(number))

  const reasons = new ReasonCounts()
  for (const { reason } of staying.values()) reasons.add(reason ?? '')
  return { back, stay: reasons.list(), items: [...going, ...[...staying.values()].slice(0, shown)] }
}

/**
 * A room whose old ID belongs to one that stays must stay, too, and keeps an ID that a third may have had. Adds them to
 * those that stay, as the plan will, and says how many there were.
 */
async function keepClashing(undone: RotationKey, { store }: Deps, staying: Map<number, PlannedItem>): Promise<number> {
  const retained = new Set([...staying.values()].flatMap(({ oldId }) => (oldId === null ? [] : [roomIdKey(oldId)])))
  const before = staying.size
  for (let known = -1; known !== staying.size && retained.size > 0; ) {
    known = staying.size
    for await (const rooms of touchedRooms(store.db, undone)) {
      for (const { item, given } of rooms) {
        const { number, person_id, email, name, old_key } = item
        if (staying.has(number) || !retained.has(old_key ?? '')) continue
        const oldId = given[0] ?? null
        const stays = { number, kind: 'left' as const, personId: person_id, email, name, oldId, newId: null }
        staying.set(number, { ...stays, reason: message('leftIdRetained') })
        if (oldId !== null) retained.add(roomIdKey(oldId))
      }
    }
  }
  return staying.size - before
}
