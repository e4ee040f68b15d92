/** People who join meetings: links of rooms that nobody changes must resolve, all the time; others must not. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Latencies } from './latencies.ts'
import { readRooms } from './read-rooms.ts'
import type { Site } from './site.ts'

const perSecond = 20
const shareDead = 0.2

export async function lookUpLinks(site: Site, latencies: Latencies, ends: AbortSignal): Promise<void> {
  const untouched = new Set(site.untouched)
  const rooms = await readRooms(site, site.batchRooms)
  const ids = [...rooms].filter(([email]) => untouched.has(email)).map(([, id]) => id)

  while (!ends.aborted) {
    await sleep(1000 / perSecond)
    // Each from an address of its own, as reported by the proxy in front: one address alone may look up only so many a
    // minute.
    const headers = { 'x-forwarded-for': `10.${byte()}.${byte()}.${byte()}` }
    if (Math.random() < shareDead) {
      await site.call('GET', `/meet/nobody-${Math.random().toString(36).slice(2)}`, { headers, expected: [404] })
      continue
    }
    const id = ids[Math.floor(Math.random() * ids.length)]!
    const started = performance.now()
    await site.call('GET', `/meet/${id}`, { headers })
    latencies.add(performance.now() - started)
  }
}

function byte(): number {
  return Math.floor(Math.random() * 256)
}
