/** What a plan has for one person, by what their room was read to carry; pure but for the new ID that is drawn. */
import { type MessageOrText, message } from '../../messages/message.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import type { PlannedItem } from '../../store/rotations/plans.ts'
import type { Person, RoomReading } from '../../webex/calls/client.ts'
import { newIdFault } from '../target/profile.ts'
import { whyNoRoom } from '../target/read-person.ts'
import { chooseRoom, hasTwoIds, listedId } from './choose.ts'
import { writeListed } from './listed.ts'
import { newId } from './new-ids.ts'
import type { PlanDeps, PlanRequest } from './plan-request.ts'

type Maker = Pick<PlanDeps, 'questions' | 'randomText'>

/** @returns an item without its number. */
export function planItem(person: Person, reading: RoomReading, request: PlanRequest, deps: Maker): PlannedItem {
  if (!('roomId' in reading)) return leftOut(person, null, whyNoRoom(reading))
  const { roomId } = reading
  const verdict = chooseRoom(person, roomId, request.choice, deps.questions)
  if (typeof verdict === 'object') return leftOut(person, roomId, verdict.reason)

  const id = idFor(person, request, deps)
  if (typeof id === 'object' && id !== null) return leftOut(person, roomId, id.none)
  if (id !== null && roomIdKey(id) === roomIdKey(roomId)) return leftOut(person, roomId, message('leftSameId'))
  return { ...leftOut(person, roomId, ''), kind: 'move', newId: id, reason: null }
}

/** Somebody whose room is read later. */
export function unreadItem(person: Person): PlannedItem {
  return { ...leftOut(person, null, ''), kind: 'move', reason: null, listed: writeListed(person) }
}

/** The new ID; null where the site's rule gives it. */
function idFor(
  person: Person,
  { source, choice, profile }: PlanRequest,
  { randomText }: Maker,
): string | null | { none: MessageOrText } {
  if (source.kind === 'csv' && hasTwoIds(person, choice)) return { none: message('leftTwoIdsInCsv') }
  const id = source.kind === 'csv' ? listedId(person, choice) : newId(source, person, randomText)
  if (id === null) return source.kind === 'system' ? null : { none: message('leftNoIdInCsv') }
  const fault = newIdFault(profile, id)
  return fault === undefined ? id : { none: message('leftInvalidId', { id: id.slice(0, 80), fault }) }
}

export function leftOut(person: Person, oldId: string | null, reason: MessageOrText): PlannedItem {
  const name = person.displayName || `${person.firstName} ${person.lastName}`.trim()
  const { personId, email } = person
  return { number: 0, kind: 'left', personId, email, name, oldId, newId: null, reason }
}
