/**
 * What must be known of all IDs before a single one is judged: the numbers they end in, and those that several sites
 * use.
 */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { roomIdKey } from '../../rooms/room-id.ts'
import { KnownNumbers } from './known-numbers.ts'
import { KnownSites } from './known-sites.ts'

export interface PlacedId {
  roomId: string
  siteUrl?: string
}

/** The event loop gets a turn after this many rooms. */
const roomsPerYield = 500

export class KnownIds {
  readonly numbers = new KnownNumbers()
  readonly sites = new KnownSites()

  add({ roomId, siteUrl = '' }: PlacedId): void {
    const key = roomIdKey(roomId)
    this.numbers.add(siteUrl, key)
    this.sites.add(siteUrl, key)
  }
}

/** Goes through all IDs; the rooms themselves are not needed yet. */
export async function readKnownIds(ids: Iterable<PlacedId> | AsyncIterable<PlacedId>): Promise<KnownIds> {
  const known = new KnownIds()
  await yielding(ids, id => known.add(id))
  return known
}

/** Visits each ID, and yields to other work of the process in between. */
export async function yielding<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  visit: (item: Item) => void | Promise<void>,
): Promise<void> {
  let visited = 0
  for await (const item of items) {
    const done = visit(item)
    if (done !== undefined) await done
    visited += 1
    if (visited % roomsPerYield === 0) await yieldToEventLoop()
  }
}
