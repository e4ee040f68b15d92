/** Reads a person's room by person ID, in case that e-mail address belongs to somebody else by now. */
import { type Message, message } from '../../messages/message.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import type { RoomReading, WebexClient } from '../../webex/calls/client.ts'

export interface KnownPerson {
  /** Empty where the list of people gave none; then the e-mail has to do. */
  personId: string
  email: string
  /** The IDs that this person's room has or may have: nobody else's can. Null: the current holder of the e-mail address is meant. */
  ids: readonly (string | null)[] | null
}

/** `email`: the address that the person has by now, where it is another one. */
export type PersonReading = RoomReading & { email?: string }

/** Rooms are read by e-mail. Only one that shows an unknown ID, or none, costs another call to make sure whose it is. */
export async function readRoomOf(
  client: Pick<WebexClient, 'readRoom' | 'emailOf'>,
  siteUrl: string,
  { personId, email, ids }: KnownPerson,
): Promise<PersonReading> {
  const reading = await client.readRoom(siteUrl, email)
  if (ids === null || personId === '' || 'unclear' in reading) return reading
  const isTheirs = 'roomId' in reading && ids.some(id => id !== null && roomIdKey(id) === roomIdKey(reading.roomId))
  if (isTheirs) return reading
  const current = await client.emailOf(personId)
  if (current === undefined || current?.toLowerCase() === email.toLowerCase()) return reading
  if (current === null || current === '') {
    return { missing: message('roomId' in reading ? 'refusedOtherPerson' : 'refusedPersonGone') }
  }
  return { ...(await client.readRoom(siteUrl, current)), email: current }
}

/** Why a reading has no room to show, for the list of those who are left out. */
export function whyNoRoom(reading: Exclude<RoomReading, { roomId: string }>): Message {
  return 'missing' in reading
    ? message('leftNoRoom', { reason: reading.missing })
    : message('leftUnclear', { reason: reading.unclear })
}
