/** Reads the rooms of a plan that nobody has read yet, in slices, each durable before the next. */
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { RotationItem } from '../../store/rotations/rotations.ts'
import { countUnread, unreadItems } from '../../store/rotations/unread-items.ts'
import type { Person } from '../../webex/calls/client.ts'
import { owner } from '../lifecycle.ts'
import { concurrently } from './concurrently.ts'
import { readListed } from './listed.ts'
import { planItem } from './plan-item.ts'
import type { PlanDeps, PlanRequest } from './plan-request.ts'

/** So many readings are lost when the process dies. */
const roomsPerSlice = 50
/** Enough to hide a target's latency; the pace is the governor's business. */
const readers = 8

export async function readUnread(key: RotationKey, request: PlanRequest, deps: PlanDeps): Promise<void> {
  const { store, client, now } = deps
  const total = await countUnread(store.db, key)
  let read = 0
  let after = 0
  for (;;) {
    const rows = await unreadItems(store.db, { ...key, after, limit: roomsPerSlice })
    if (rows.length === 0) return
    const items = await concurrently(rows, readers, async row => {
      const reading = await client.readRoom(request.siteUrl, row.email)
      const readAt = ('roomId' in reading && reading.at) || now()
      return { ...planItem(personOf(row), reading, request, deps), number: row.number, readAt }
    })
    await store.write('planRead', { ...key, owner, items, now: now() })
    after = rows.at(-1)!.number
    read += rows.length
    deps.onProgress?.({ phase: 'rooms', read, total })
  }
}

/** As far as their line in the plan knows them. */
function personOf({ person_id: personId, email, name: displayName, listed }: RotationItem): Person {
  const { firstName, lastName, department } = readListed(listed)
  const names = { firstName, lastName, displayName, department }
  return { personId, email, ...names, pending: false, sites: new Map(), listedRooms: new Map() }
}
