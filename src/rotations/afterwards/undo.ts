/**
 * Undoes a rotation: makes another one from its snapshot, for every room that it may have changed. A room that was
 * changed since by others is left as it is, and listed.
 */

import { type MessageOrText, message } from '../../messages/message.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { PlannedItem } from '../../store/rotations/plans.ts'
import { getRotation } from '../../store/rotations/rotations.ts'
import type { RoomReading } from '../../webex/calls/client.ts'
import { owner } from '../lifecycle.ts'
import { concurrently } from '../planning/concurrently.ts'
import { finishPlan, type PlanSummary } from '../planning/make-plan.ts'
import type { PlanDeps } from '../planning/plan-request.ts'
import { readRooms } from '../planning/read-rooms.ts'
import { profileOf } from '../target/profile.ts'
import { type TouchedRoom, touchedRooms } from './touched-rooms.ts'

/**
 * What undoing means for one room, by the ID that it shows now. Where nobody knows what became of the last call, an ID
 * that nobody asked for is taken for the target's. For as long as the reading may be older than the change,
 * a room that shows its old ID is planned all the same: to give it once more what it has is harmless.
 */
export function undoItem(
  { item, done, given, lastAt }: TouchedRoom,
  reading: RoomReading,
  { now, settleMs }: { now: number; settleMs: number },
): PlannedItem {
  const { number, person_id, email, name, old_id, new_id } = item
  const base = { number, personId: person_id, email, name }
  const left = (oldId: string | null, reason: MessageOrText): PlannedItem => {
    return { ...base, kind: 'left', oldId, newId: null, reason }
  }
  const back = (oldId: string): PlannedItem => ({ ...base, kind: 'move', oldId, newId: old_id, reason: null })

  if ('missing' in reading) return left(null, message('leftNoRoom', { reason: reading.missing }))
  if (old_id === null) return left('roomId' in reading ? reading.roomId : null, message('undoOldIdUnknown'))
  // What it carries now is not known; to give it back what it had is right, or harmless.
  if ('unclear' in reading) return back(given[0] ?? old_id)
  const { roomId } = reading
  if (roomIdKey(roomId) === roomIdKey(old_id)) {
    const sameAgain = given.every(id => roomIdKey(id) === roomIdKey(old_id)) && given.length > 0
    if (sameAgain || now >= lastAt + settleMs) return left(roomId, message('undoAlreadyDone'))
    return back(given[0] ?? roomId)
  }
  const isUnclear = item.state === 'sent' || item.state === 'unsure' || item.state === 'pending'
  const isOurs = given.some(id => roomIdKey(id) === roomIdKey(roomId)) || isUnclear || (new_id === null && !done)
  return isOurs ? back(roomId) : left(roomId, message('undoChangedSince'))
}

/** What undoing means for every room that may have been changed, a slice at a time. */
export async function* undoItems(
  undone: RotationKey,
  { store, client, now }: Pick<PlanDeps, 'store' | 'client' | 'now'>,
): AsyncGenerator<PlannedItem[]> {
  const rotation = await getRotation(store.db, undone)
  const { settleMs } = profileOf(rotation)
  const read = await readRooms(client, rotation.site_url, profileOf(rotation))
  for await (const rooms of touchedRooms(store.db, undone)) {
    yield concurrently(rooms, 8, async room => {
      const { person_id: personId, email, old_id } = room.item
      const reading = await read({ personId, email, ids: [old_id, ...room.given] })
      return undoItem(room, reading, { now: now(), settleMs })
    })
  }
}

export async function planUndo(
  undone: RotationKey,
  deps: Pick<PlanDeps, 'store' | 'client' | 'randomText' | 'now' | 'plannedBy' | 'onCreated' | 'onFailed'>,
): Promise<PlanSummary> {
  const { store, now } = deps
  const rotation = await getRotation(store.db, undone)
  const profile = profileOf(rotation)
  const source = { kind: 'snapshot' as const }
  const key = await store.write('createRotation', {
    siteUrl: rotation.site_url,
    target: rotation.target,
    profile: rotation.profile,
    behaviour: JSON.stringify(profile),
    source: JSON.stringify(source),
    choice: message('choiceRefreshed', { rotation: String(undone.rotation) }),
    undoOf: undone.rotation,
    // Nobody waits half an hour for pilots on the way back.
    canary: 0,
    freeze: rotation.freeze === 1,
    owner,
    plannedBy: deps.plannedBy,
    now: now(),
  })
  try {
    await deps.onCreated?.(key)
    for await (const items of undoItems(undone, deps))
      await store.write('addItems', { ...key, owner, items, now: now() })
    return await finishPlan(key, { source, profile }, deps, [])
  } catch (error) {
    await (deps.onFailed?.(key, error) ?? store.write('dropRotation', key))
    throw error
  }
}
