/** Whether the way back leads back. */
import type { Played } from '../play.ts'
import { firstEmail, rowsOf, sameId, saysWhy } from './rows.ts'

export function undonePromise({ cast, undo, target }: Played): string[] {
  const ran = undo?.run
  if (ran == null) return []
  return cast.people.flatMap((person, index) => {
    const id = target.world.rooms.current(person.personId)
    if (id === undefined || sameId(id, person.firstId)) return []
    const named = rowsOf(ran.items, person, firstEmail(person, index)).some(row => saysWhy(row))
    if (!named) return [`${person.email} still carries ${id}, and the undo does not name this room`]
    const reachable = person.email === firstEmail(person, index)
    return reachable && target.allows(person, person.firstId)
      ? [`${person.email} still carries ${id} although the target would give ${person.firstId} back`]
      : []
  })
}

export function undoHonestPromise({ undo, target }: Played): string[] {
  const ran = undo?.run
  if (ran == null) return []
  return ran.items.flatMap(({ kind, state, person_id, email, settled_id }) => {
    if (kind !== 'move' || state !== 'done') return []
    const id = target.world.rooms.current(person_id)
    return sameId(id, settled_id)
      ? []
      : [`the undo says of ${email} that it carries ${settled_id} again; it carries ${id}`]
  })
}
