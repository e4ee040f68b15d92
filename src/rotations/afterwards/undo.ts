/**
 * Undoes a rotation: makes another one from its snapshot, for the rooms that still carry the ID that it gave them.
 * A room that was changed since is left as it is, and listed.
 */

import { type MessageOrText, message } from '../../messages/message.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { PlannedItem } from '../../store/rotations/plans.ts'
import { eachItem, getRotation, type RotationItem } from '../../store/rotations/rotations.ts'
import type { RoomReading } from '../../webex/calls/client.ts'
import { owner } from '../lifecycle.ts'
import { concurrently } from '../planning/concurrently.ts'
import { finishPlan, type PlanDeps, type PlanSummary } from '../planning/make-plan.ts'
import { readRooms } from '../planning/read-rooms.ts'
import { profiles } from '../target/profile.ts'

/** What undoing means for one refreshed room, by the ID that it carries now. */
export function undoItem(
  item: Pick<RotationItem, 'number' | 'person_id' | 'email' | 'name' | 'old_id' | 'settled_id'>,
  reading: RoomReading,
): PlannedItem {
  const { number, person_id, email, name, old_id, settled_id } = item
  const base = { number, personId: person_id, email, name }
  const left = (oldId: string | null, reason: MessageOrText): PlannedItem => ({
    ...base,
    kind: 'left',
    oldId,
    newId: null,
    reason,
  })

  if ('missing' in reading) return left(null, message('leftNoRoom', { reason: reading.missing }))
  const { roomId } = reading
  if (old_id === null) return left(roomId, message('undoOldIdUnknown'))
  if (roomIdKey(roomId) === roomIdKey(old_id)) return left(roomId, message('undoAlreadyDone'))
  if (roomIdKey(roomId) !== roomIdKey(settled_id ?? '')) {
    return left(roomId, message('undoChangedSince'))
  }
  return { ...base, kind: 'move', oldId: roomId, newId: old_id, reason: null }
}

/** What undoing means for every refreshed room, a slice at a time. */
export async function* undoItems(
  undone: RotationKey,
  { store, client }: Pick<PlanDeps, 'store' | 'client'>,
): AsyncGenerator<PlannedItem[]> {
  const rotation = await getRotation(store.db, undone)
  const read = await readRooms(client, rotation.site_url, profiles[rotation.profile])
  for await (const items of eachItem(store.db, undone)) {
    const done = items.filter(({ kind, state }) => kind === 'move' && state === 'done')
    if (done.length > 0) yield concurrently(done, 8, async item => undoItem(item, await read(item.email)))
  }
}

export async function planUndo(
  undone: RotationKey,
  deps: Pick<PlanDeps, 'store' | 'client' | 'randomText' | 'now' | 'plannedBy' | 'onCreated' | 'onFailed'>,
): Promise<PlanSummary> {
  const { store, now } = deps
  const rotation = await getRotation(store.db, undone)
  const profile = profiles[rotation.profile]
  const source = { kind: 'snapshot' as const }
  const key = await store.write('createRotation', {
    siteUrl: rotation.site_url,
    target: rotation.target,
    profile: rotation.profile,
    source: JSON.stringify(source),
    choice: message('choiceRefreshed', { rotation: String(undone.rotation) }),
    undoOf: undone.rotation,
    canary: rotation.canary,
    freeze: rotation.freeze === 1,
    owner,
    plannedBy: deps.plannedBy,
    now: now(),
  })
  try {
    await deps.onCreated?.(key)
    for await (const items of undoItems(undone, deps)) await store.write('addItems', { ...key, items, now: now() })
    return await finishPlan(key, { source, profile }, deps, 0)
  } catch (error) {
    await (deps.onFailed?.(key, error) ?? store.write('dropRotation', key))
    throw error
  }
}
