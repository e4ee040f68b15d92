/**
 * The rooms that a rotation may have changed: every one that was ever sent, whatever is known of it. A batch may have
 * been refused and changed half of its rooms all the same, or its process may have died before the answer came.
 */
import type { RotationKey } from '../../store/rotations/journal.ts'
import { temporarySteps } from '../../store/rotations/lists.ts'
import { eachItem, type RotationItem } from '../../store/rotations/rotations.ts'
import { earlierNewIds } from '../../store/rotations/rows.ts'
import type { Db } from '../../store/tables.ts'
import { personOf } from '../person-of.ts'

export interface TouchedRoom {
  item: RotationItem
  /** Whether the target has said that the room has its new ID. */
  done: boolean
  /** The IDs that the rotation may have given to the room, the likeliest first; none where the site's rule gave it. */
  given: string[]
  /** When it was last sent or answered, in milliseconds since 1970. */
  lastAt: number
}

export async function* touchedRooms(db: Db, key: RotationKey): AsyncGenerator<TouchedRoom[]> {
  const steps = new Map((await temporarySteps(db, key)).map(step => [personOf(step), step]))
  for await (const items of eachItem(db, key)) {
    const touched = items.flatMap(item => {
      const step = item.kind === 'move' ? steps.get(personOf(item)) : undefined
      if (item.kind !== 'move' || (item.intent === null && step === undefined)) return []
      return [touchedRoom(item, step)]
    })
    if (touched.length > 0) yield touched
  }
}

function touchedRoom(item: RotationItem, step: RotationItem | undefined): TouchedRoom {
  const own = item.intent === null ? [] : [item.settled_id, item.new_id, ...earlierNewIds(item.earlier_new_ids)]
  const given = [...own, step?.settled_id, step?.new_id].filter(id => typeof id === 'string')
  const times = [item, step].flatMap(row => [row?.since ?? 0, row?.settled_at ?? 0])
  return { item, done: item.state === 'done', given, lastAt: Math.max(...times) }
}
