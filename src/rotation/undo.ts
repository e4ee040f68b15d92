/**
 * Takes a rotation back: makes another one from its snapshot, for the rooms that still carry the ID that it gave them.
 * A room that was changed since is left as it is, and listed.
 */
import { roomIdKey } from '../rooms/room-id.ts'
import type { RotationKey } from '../store/rotation-journal.ts'
import type { PlannedItem } from '../store/rotation-plans.ts'
import { eachItem, getRotation, type RotationItem } from '../store/rotations.ts'
import type { RoomReading } from '../webex/client.ts'
import { concurrently } from './concurrently.ts'
import { finishPlan, type PlanDeps, type PlanSummary } from './make-plan.ts'
import { owner } from './owner.ts'
import { profiles } from './profile.ts'
import { readRooms } from './read-rooms.ts'

/** What taking back means for one refreshed room, by the ID that it carries now. */
export function undoItem(
  item: Pick<RotationItem, 'number' | 'person_id' | 'email' | 'name' | 'old_id' | 'settled_id'>,
  reading: RoomReading,
): PlannedItem {
  const { number, person_id, email, name, old_id, settled_id } = item
  const base = { number, personId: person_id, email, name }
  const left = (oldId: string | null, reason: string): PlannedItem => ({
    ...base,
    kind: 'left',
    oldId,
    newId: null,
    reason,
  })

  if ('missing' in reading) return left(null, `No personal room: ${reading.missing}`)
  const { roomId } = reading
  if (old_id === null) return left(roomId, 'It is not known which ID the room carried before.')
  if (roomIdKey(roomId) === roomIdKey(old_id)) return left(roomId, 'The room carries its old ID already.')
  if (roomIdKey(roomId) !== roomIdKey(settled_id ?? '')) {
    return left(roomId, 'The room carries an ID that the rotation did not give it.')
  }
  return { ...base, kind: 'move', oldId: roomId, newId: old_id, reason: null }
}

export async function planUndo(
  undone: RotationKey,
  deps: Pick<PlanDeps, 'store' | 'client' | 'draw' | 'now' | 'onCreated' | 'onFailed'>,
): Promise<PlanSummary> {
  const { store, client, now } = deps
  const rotation = await getRotation(store.db, undone)
  const profile = profiles[rotation.profile]
  const source = { kind: 'snapshot' as const }
  const key = await store.write('createRotation', {
    siteUrl: rotation.site_url,
    target: rotation.target,
    profile: rotation.profile,
    source: JSON.stringify(source),
    choice: `rooms that rotation ${undone.rotation} refreshed`,
    undoOf: undone.rotation,
    canary: rotation.canary,
    freeze: rotation.freeze === 1,
    owner,
    now: now(),
  })
  try {
    await deps.onCreated?.(key)
    const read = await readRooms(client, rotation.site_url, profile)
    for await (const items of eachItem(store.db, undone)) {
      const done = items.filter(({ kind, state }) => kind === 'move' && state === 'done')
      const back = await concurrently(done, 8, async item => undoItem(item, await read(item.email)))
      if (back.length > 0) await store.write('addItems', { ...key, items: back, now: now() })
    }
    return await finishPlan(key, { source, profile }, deps, 0)
  } catch (error) {
    await (deps.onFailed?.(key, error) ?? store.write('dropRotation', key))
    throw error
  }
}
