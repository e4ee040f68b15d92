/** What a reading means for a move of which nobody knows whether it was done; pure, as step.ts, which says the rules. */
import { type MessageOrText, message } from '../../messages/message.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import type { RoomReading } from '../../webex/calls/client.ts'
import type { Profile } from '../target/profile.ts'
import { maxTries, ownPart, triesWithOtherId, type UnsureMove, type Verdict } from './step.ts'

/** Whatever makes a reading unclear may be over after that. */
const unclearMs = 60_000

/** What a reading means for a move that was unsure. */
export function judgeReading(move: UnsureMove, reading: RoomReading, profile: Profile, now: number): Verdict {
  const { number, from, to, since, reason, hadItUntil } = move
  if ('missing' in reading) return { number, is: 'refused', reason: reason ?? reading.missing }
  if ('unclear' in reading) return judgeUnclear(move, reading.unclear, now)

  const { roomId } = reading
  const changed = to === null ? roomIdKey(roomId) !== roomIdKey(from) : roomIdKey(roomId) === roomIdKey(to)
  if (changed && now >= hadItUntil) return { number, is: 'done', roomId }
  const isOther = isGivenInstead(move, roomId)
  const other = isOther ? { roomId } : {}
  const part = isOther ? ownPart(number) : move.part
  // What goes alone was counted when it was sent.
  const tries = isOther && move.part !== part ? triesWithOtherId(move.tries) : move.tries
  const again = reason === null && tries < maxTries
  // Late no more by then, it shows whether the room has it.
  if (changed && !again) return { number, is: 'unsure', part, due: hadItUntil, reason, tries }
  const settled = Math.max(since + profile.settleMs, hadItUntil)
  // Where the site's rule gives the ID, a room that is sent again while its reading is late would be changed twice.
  if (now < settled && (to === null || (reason === null && !again))) {
    return { number, is: 'unsure', part, due: settled, reason, tries, ...other }
  }
  if (again) return { number, is: 'pending', part, tries, ...other }
  if (reason !== null) return { number, is: 'refused', reason, ...other }
  return roomIdKey(roomId) === roomIdKey(from)
    ? { number, is: 'refused', reason: message('refusedNotChanged', { tries }) }
    : { number, is: 'refused', reason: message('refusedOtherId', { tries, id: roomId.slice(0, 80) }), roomId }
}

/** Whether a room shows an ID that nobody asked for, and nobody knew of: giving it one was a try. */
function isGivenInstead({ from, to, given, viaTemporary }: UnsureMove, roomId: string): boolean {
  const known = [from, to, given].some(id => id !== null && roomIdKey(id) === roomIdKey(roomId))
  return to !== null && !known && !viaTemporary
}

/** A try, after which an ID is given once more where that is harmless, so that the answer says; else another look, later. */
function judgeUnclear({ number, to, part, reason, ...move }: UnsureMove, unclear: MessageOrText, now: number): Verdict {
  const tries = move.tries + 1
  if (tries >= maxTries) {
    return { number, is: 'refused', reason: reason ?? message('refusedUnclear', { tries, reason: unclear }) }
  }
  if (to !== null && reason === null) return { number, is: 'pending', part, tries }
  return { number, is: 'unsure', part, due: now + unclearMs, reason, tries }
}
