import type { RoomReading, WebexClient } from '../../webex/calls/client.ts'
import type { Profile } from '../target/profile.ts'

/**
 * How to read many rooms of a site: from the list of people where that shows rooms as they are now (a call per thousand
 * people), else one by one. Holds an ID per person while it is used.
 */
export async function readRooms(
  client: WebexClient,
  siteUrl: string,
  profile: Profile,
): Promise<(email: string) => Promise<RoomReading>> {
  const listed = new Map<string, string>()
  if (profile.listedRoomsFresh) {
    for await (const people of client.people()) {
      for (const { email, listedRooms } of people) {
        const roomId = listedRooms.get(siteUrl.toLowerCase())
        if (roomId !== undefined) listed.set(email.toLowerCase(), roomId)
      }
    }
  }
  return async email => {
    const roomId = listed.get(email.toLowerCase())
    return roomId === undefined ? client.readRoom(siteUrl, email) : { roomId }
  }
}
