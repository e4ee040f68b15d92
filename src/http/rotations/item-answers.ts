/** Lines of a plan as the API answers them, each with the ID that the room carries now as far as this service knows. */
import { currentIds } from '../../store/rooms/current-ids.ts'
import type { Rotation, RotationItem } from '../../store/rotations/rotations.ts'
import { fromStoredOrNull } from '../../store/stored-message.ts'
import type { Db } from '../../store/tables.ts'
import type { RotationItemAnswer } from '../../wire/rotations.ts'
import { reasonOf } from './refused-reasons.ts'

export async function itemAnswers(
  db: Db,
  { site_url }: Pick<Rotation, 'site_url'>,
  items: RotationItem[],
): Promise<RotationItemAnswer[]> {
  const emails = items.map(({ email }) => email.toLowerCase())
  const personIds = items.flatMap(({ person_id }) => (person_id === '' ? [] : [person_id]))
  const current = await currentIds(db, site_url, emails, personIds)
  return items.map(item => itemAnswer(item, current))
}

function itemAnswer(
  { settled_id, new_id, ...item }: RotationItem,
  current: ReadonlyMap<string, string>,
): RotationItemAnswer {
  const { number, name, email, person_id, old_id, state, reason } = item
  const newId = settled_id ?? new_id
  const currentId = current.get(person_id) ?? current.get(email.toLowerCase()) ?? ''
  return {
    number,
    name,
    email,
    oldId: old_id,
    newId,
    currentId: currentId || null,
    state,
    ...reasonOf(fromStoredOrNull(reason)),
  }
}
