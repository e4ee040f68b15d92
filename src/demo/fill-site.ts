import { proposeRoomId, withSuffix } from '../rooms/id-rule.ts'
import { roomIdKey } from '../rooms/room-id.ts'
import { listPeople } from '../store/people/directory-pages.ts'
import type { NewPerson } from '../store/people/people.ts'
import { findSite } from '../store/sites/sites.ts'
import type { Store } from '../store/store.ts'
import { demoMeetings } from './meetings.ts'
import { demoPeople, demoSite } from './people.ts'

const peoplePerWrite = 5000
/** So many of the first people have meetings. */
const peopleWithMeetings = 250

/**
 * Creates the demo site where it does not exist: everybody's ID follows the e-mail address, as the site's former rule
 * had it. The current rule is `pr` and 12 random characters; changing it touched none of the existing rooms.
 *
 * @returns how many people were added: none where the site exists.
 */
export async function fillDemoSite(store: Store, count: number, now: number): Promise<number> {
  if ((await findSite(store.db, demoSite)) !== undefined) return 0

  const siteId = await store.write('addSite', {
    url: demoSite,
    rule: { method: 'random', prefix: 'pr', length: 12 },
    quarantineDays: 30,
    now,
  })
  const origin = { siteId, tokenId: 'demo', trackingId: 'demo', now }
  let waiting: NewPerson[] = []
  for (const person of withFormerIds(count)) {
    waiting.push(person)
    if (waiting.length === peoplePerWrite) {
      await store.write('addPeople', { ...origin, people: waiting })
      waiting = []
    }
  }
  if (waiting.length > 0) await store.write('addPeople', { ...origin, people: waiting })
  const first = await listPeople(store.db, [siteId], null, peopleWithMeetings)
  const hosts = first.people.filter(({ roomId }) => roomId !== null)
  await store.write('addMeetings', { ...origin, meetings: demoMeetings(hosts, siteId, now), onBehalfOf: null })
  return count
}

function* withFormerIds(count: number): Generator<NewPerson> {
  const formerRule = { method: 'emailPrefix', prefix: 'pr', length: 12 } as const
  const taken = new Set<string>()
  for (const person of demoPeople(count)) {
    if (!person.host) {
      yield { ...person, roomId: null }
      continue
    }
    const name = proposeRoomId(formerRule, person, () => '').id
    let index = 1
    while (taken.has(roomIdKey(withSuffix(name, index)))) index += 1
    const roomId = withSuffix(name, index)
    taken.add(roomIdKey(roomId))
    yield { ...person, roomId }
  }
}
