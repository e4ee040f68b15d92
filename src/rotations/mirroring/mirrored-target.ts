/**
 * A target whose people and rooms come from its mirror as far as that is fresh, and from the target beyond. What is
 * planned so says how old what it rests on is.
 */
import { describeAge } from '../../directory/sync/freshness.ts'
import { message } from '../../messages/message.ts'
import { eachMirroredPage, type MirroredPerson } from '../../store/mirror/mirrored-people.ts'
import { getSync } from '../../store/mirror/sync-state.ts'
import type { Site } from '../../store/sites/sites.ts'
import type { Store } from '../../store/store.ts'
import type { Person, WebexClient } from '../../webex/calls/client.ts'

export interface MirroredTargetDeps {
  store: Store
  client: WebexClient
  site: Pick<Site, 'site_id' | 'url_key'>
  /** What was read longer ago is read again, in milliseconds. */
  freshMs: number
  now: () => number
}

export function mirroredTarget({ store, client, site, freshMs, now }: MirroredTargetDeps): WebexClient {
  /** The rooms of the people of the page at hand that were read lately, by e-mail in lower case. */
  let fresh = new Map<string, { roomId: string; seenAt: number }>()
  let taken = 0
  let oldestAt = Number.POSITIVE_INFINITY

  return {
    ...client,
    async *people() {
      const since = now() - freshMs
      const sync = await getSync(store.db, site.site_id)
      const isListed = sync?.phase === 'rooms' && (sync.list_ended_at ?? 0) >= since
      if (!isListed) return yield* client.people()
      for await (const page of eachMirroredPage(store.db, site.site_id)) {
        fresh = new Map(
          page.flatMap(({ email, roomId, seenAt }) =>
            roomId === null || seenAt === null || seenAt < since
              ? []
              : [[email.toLowerCase(), { roomId, seenAt }] as const],
          ),
        )
        yield page.map(person => asPerson(person, site.url_key, fresh))
      }
    },
    async readRoom(siteUrl, email) {
      const known = fresh.get(email.toLowerCase())
      if (known === undefined) return client.readRoom(siteUrl, email)
      taken += 1
      oldestAt = Math.min(oldestAt, known.seenAt)
      return { roomId: known.roomId, at: known.seenAt }
    },
    notes() {
      if (taken === 0) return client.notes()
      return [...client.notes(), message('planFromMirror', { count: taken, age: describeAge(now() - oldestAt) })]
    },
  }
}

function asPerson(
  { personId, email, firstName, lastName, displayName, department, host, ownsAddress }: MirroredPerson,
  siteUrl: string,
  fresh: ReadonlyMap<string, { roomId: string }>,
): Person {
  const room = fresh.get(email.toLowerCase())
  const person: Person = {
    personId,
    email: ownsAddress ? email : '',
    firstName,
    lastName,
    displayName,
    department,
    pending: false,
    sites: new Map([[siteUrl, host ? 'host' : 'attendee']]),
    listedRooms: new Map(room === undefined ? [] : [[siteUrl, room.roomId]]),
  }
  return ownsAddress ? person : { ...person, fault: message('leftNoEmail') }
}
