/** What a reading says of a room that a rotation may have changed; pure. */
import { roomIdKey } from '../../rooms/room-id.ts'
import type { RotationItem } from '../../store/rotations/rotations.ts'
import type { RoomReading } from '../../webex/calls/client.ts'
import { visibleAfterMs } from '../target/profile.ts'
import type { TouchedRoom } from './touched-rooms.ts'

/**
 * changed: the room carries its new ID. notYetVisible: it shows the old one, and the half hour that a change may take to
 * show is not over. unread: it could not be read. since: it was given the ID that it shows after the rotation. wrong:
 * anything else. unchanged: it shows the old one, and the target has never said otherwise.
 */
export type Visible = 'changed' | 'notYetVisible' | 'unread' | 'since' | 'wrong' | 'unchanged'

/** @param hadItUntil until when a reading may show the new ID although the room has another, in milliseconds since 1970. */
export function judgeVisible(room: TouchedRoom, reading: RoomReading, now: number, hadItUntil: number): Visible {
  const visible = room.done ? judgeDone(room.item, reading, now) : judgeDoubtful(room, reading, now)
  return visible === 'changed' && now < hadItUntil ? 'notYetVisible' : visible
}

function judgeDone(
  item: Pick<RotationItem, 'old_id' | 'settled_id' | 'settled_at'>,
  reading: RoomReading,
  now: number,
): Visible {
  if ('unclear' in reading) return 'unread'
  const seen = 'roomId' in reading ? roomIdKey(reading.roomId) : null
  if (seen === roomIdKey(item.settled_id ?? '')) return 'changed'
  const fresh = now < (item.settled_at ?? 0) + visibleAfterMs
  return fresh && seen === roomIdKey(item.old_id ?? '') ? 'notYetVisible' : 'wrong'
}

/** The same of a room that was sent, and of which the target has not said that it was changed. */
function judgeDoubtful({ item, lastAt }: TouchedRoom, reading: RoomReading, now: number): Visible {
  if ('unclear' in reading) return 'unread'
  if ('missing' in reading) return 'unchanged'
  const seen = roomIdKey(reading.roomId)
  const isOld = seen === roomIdKey(item.old_id ?? '')
  if (item.new_id === null ? !isOld : seen === roomIdKey(item.new_id)) return 'changed'
  if (!isOld) return 'wrong'
  return now < lastAt + visibleAfterMs ? 'notYetVisible' : 'unchanged'
}
