/**
 * A target whose people and rooms come from its mirror as far as that is fresh, and from the target beyond.
 */
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

/** Where the list continues in the mirror, for whoever goes on with a plan. */
const place = /^mirror:(\d+)$/

export function mirroredTarget({ store, client, site, freshMs, now }: MirroredTargetDeps): WebexClient {
  return {
    ...client,
    async *peoplePages(from) {
      const since = now() - freshMs
      const sync = await getSync(store.db, site.site_id)
      const isListed = sync?.phase === 'rooms' && (sync.list_ended_at ?? 0) >= since
      if (!isListed) return yield* client.peoplePages(from)
      const after = Number(place.exec(from ?? '')?.[1] ?? 0)
      for await (const page of eachMirroredPage(store.db, site.site_id, after)) {
        const next = `mirror:${page.at(-1)!.person}`
        yield { people: page.map(person => asPerson(person, site.url_key, since)), next }
      }
    },
  }
}

function asPerson(person: MirroredPerson, siteUrl: string, since: number): Person {
  const { personId, email, firstName, lastName, displayName, department, host, ownsAddress, roomId, seenAt } = person
  const known = roomId !== null && seenAt !== null && seenAt >= since ? { roomId, at: seenAt } : null
  return {
    personId,
    email: ownsAddress ? email : '',
    firstName,
    lastName,
    displayName,
    department,
    pending: false,
    sites: new Map([[siteUrl, host ? 'host' : 'attendee']]),
    listedRooms: new Map(known === null ? [] : [[siteUrl, known.roomId]]),
    ...(known && { known }),
    ...(ownsAddress ? {} : { fault: message('leftNoEmail') }),
  }
}
