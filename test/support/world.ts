/** A site with people, directly in a store, for tests below the service. */

import type { NewPerson } from '#roomkey/store/people/people.js'
import type { RefreshOutcome, RefreshRequest } from '#roomkey/store/refresh/refresh-rooms.js'
import type { Store } from '#roomkey/store/store.js'
import { newPerson, randomRule, siteUrl } from './service.ts'

/** Adds the example site and hosts with these names, each with an ID like the name. */
export async function populate(
  store: Store,
  names: string[],
  { url = siteUrl, now = Date.now() }: { url?: string; now?: number } = {},
): Promise<number> {
  const siteId = await store.write('addSite', { url, rule: randomRule, quarantineDays: 30, now })
  await addNamed(
    store,
    siteId,
    names.map(name => ({ email: `${name}@example.com` })),
    now,
  )
  return siteId
}

export async function addNamed(store: Store, siteId: number, people: Partial<NewPerson>[], now = Date.now()) {
  await store.write('addPeople', { siteId, people: people.map(newPerson), tokenId: 'test', trackingId: 'test', now })
}

/** Refreshes by e-mail; an ID of null is made by the site's rule. */
export function refresh(
  store: Store,
  siteId: number,
  ids: Record<string, string | null>,
  more: Partial<RefreshRequest> = {},
): Promise<RefreshOutcome> {
  return store.refreshRooms({
    siteId,
    by: 'email',
    items: Object.entries(ids).map(([name, id]) => ({ address: `${name}@example.com`, id })),
    tokenId: 'test',
    trackingId: 'test',
    now: Date.now(),
    rotationId: null,
    idempotency: null,
    ...more,
  })
}

/** Every row of every table that matters, equal for databases with equal content. */
export async function everything({ db }: Store): Promise<Record<string, unknown[]>> {
  const tables = await db.introspection.getTables()
  const found: Record<string, unknown[]> = {}
  for (const { name, isView } of tables) {
    if (isView || name === 'call_count') continue
    const rows = await db
      .selectFrom(name as 'person')
      .selectAll()
      .execute()
    found[name] = rows.map(row => JSON.stringify(Object.fromEntries(Object.entries(row).sort()))).sort()
  }
  return found
}
