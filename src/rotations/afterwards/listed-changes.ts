/** Which rooms of a rotation the list of people shows with their new ID, if a sample of them agrees. */
import { roomIdKey } from '../../rooms/room-id.ts'
import type { Rotation } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import type { WebexClient } from '../../webex/calls/client.ts'
import { personKey } from '../../webex/calls/person-key.ts'
import { keyOf } from '../lifecycle.ts'
import { readRoomOf } from '../target/read-person.ts'
import { type ListedRoom, type ListSample, newListSample, readListSample } from '../target/read-sample.ts'
import { touchedRooms } from './touched-rooms.ts'

/**
 * @returns the numbers of their items; none where the sample does not agree, so that all are to be read.
 * @throws TargetError where the target cannot be read
 */
export async function listedChanges(
  rotation: Rotation,
  { store, client }: { store: Store; client: WebexClient },
): Promise<{ numbers: Set<number>; sample: ListSample }> {
  const site = rotation.site_url.toLowerCase()
  const listed = new Map<string, string>()
  for await (const people of client.people()) {
    for (const { personId, listedRooms } of people) {
      const roomId = listedRooms.get(site)
      if (roomId !== undefined && personId !== '') listed.set(personKey(personId), roomId)
    }
  }
  const numbers = new Set<number>()
  const sample = newListSample<ListedRoom & { ids: (string | null)[] }>()
  for await (const rooms of touchedRooms(store.db, keyOf(rotation))) {
    for (const { item, done, given } of rooms) {
      const roomId = item.person_id === '' ? undefined : listed.get(personKey(item.person_id))
      if (!done || roomId === undefined || roomIdKey(roomId) !== roomIdKey(item.settled_id ?? '')) continue
      numbers.add(item.number)
      sample.meet({ personId: item.person_id, email: item.email, roomId, ids: [item.old_id, ...given] })
    }
  }
  const judged = await readListSample(sample, room => readRoomOf(client, site, room))
  return { numbers: judged.verdict === 'agrees' ? numbers : new Set(), sample: judged }
}
