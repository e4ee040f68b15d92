import { message } from '../../messages/message.ts'
import type { WebexClient } from '../../webex/calls/client.ts'
import { personKey } from '../../webex/calls/person-key.ts'
import type { Profile } from '../target/profile.ts'
import { type KnownPerson, type PersonReading, readRoomOf } from '../target/read-person.ts'

/**
 * How to read many people's rooms of a site: from the list of people where that shows rooms as they are now (a call per
 * thousand people), else one by one. Holds an ID per person while it is used.
 */
export async function readRooms(
  client: WebexClient,
  siteUrl: string,
  profile: Profile,
): Promise<(person: KnownPerson) => Promise<PersonReading>> {
  const byPerson = new Map<string, { roomId: string; email: string }>()
  const owners = new Map<string, string>()
  if (profile.listedRoomsFresh) {
    for await (const people of client.people()) {
      for (const { personId, email, listedRooms } of people) {
        const roomId = listedRooms.get(siteUrl.toLowerCase())
        if (roomId !== undefined && personId !== '') byPerson.set(personKey(personId), { roomId, email })
        if (email !== '') owners.set(email.toLowerCase(), personKey(personId))
      }
    }
  }
  return async person => {
    const listed = byPerson.get(personKey(person.personId))
    if (listed !== undefined) {
      return listed.email.toLowerCase() === person.email.toLowerCase() ? { roomId: listed.roomId } : listed
    }
    const ownerOfEmail = owners.get(person.email.toLowerCase())
    if (person.personId !== '' && ownerOfEmail !== undefined && ownerOfEmail !== personKey(person.personId)) {
      return { missing: message('refusedOtherPerson') }
    }
    return readRoomOf(client, siteUrl, person)
  }
}
