/** An administrator at the console, looking at one page after the other. */
import { setTimeout as sleep } from 'node:timers/promises'
import { benchSite, emailOf } from '../../devtools/fill-site.ts'
import type { Latencies } from './latencies.ts'
import type { Site } from './site.ts'

const perSecond = 5
const auditEveryMs = 60_000

export async function readTheConsole(site: Site, latencies: Latencies, ends: AbortSignal): Promise<void> {
  const room = () => Math.floor(Math.random() * site.batchRooms)
  const pages: (() => Promise<unknown>)[] = [
    () => site.call('GET', `${site.path}/rooms?max=100&place=${room()}`),
    () => site.call('GET', `${site.path}/rooms?q=${encodeURIComponent(emailOf(room()).slice(0, 8))}`),
    () => readHistory(site, emailOf(room())),
    () => readNewestChange(site),
    () => site.call('GET', `${site.path}/rotations`),
    () => site.call('GET', `/api/audit-events?siteUrl=${benchSite}`),
  ]
  for (let read = 0; !ends.aborted; read += 1) {
    await sleep(1000 / perSecond)
    const started = performance.now()
    await pages[read % pages.length]!()
    latencies.add(performance.now() - started)
  }
}

/** Goes through every room, however long it takes: other reads do not wait for it. */
export async function auditNowAndThen(site: Site, latencies: Latencies, ends: AbortSignal): Promise<void> {
  while (!ends.aborted) {
    const started = performance.now()
    await site.call('GET', `/api/audit?siteUrl=${benchSite}`)
    latencies.add(performance.now() - started)
    await sleep(auditEveryMs, undefined, { signal: ends }).catch(() => undefined)
  }
}

/** A room, the IDs that it had, and who had the one before the last. */
async function readHistory(site: Site, email: string): Promise<void> {
  const found = await site.call<{ items: { personId: string }[] }>('GET', `${site.path}/rooms?q=${email}`)
  const room = found?.items[0]
  if (room === undefined) return site.count(`No room is found for ${email}.`)
  const history = await site.call<{ items: { personalMeetingRoomId: string }[] }>(
    'GET',
    `${site.path}/rooms/${room.personId}/history`,
  )
  const former = history?.items[1]?.personalMeetingRoomId
  if (former !== undefined) await site.call('GET', `${site.path}/ids/${former}`)
}

async function readNewestChange(site: Site): Promise<void> {
  const found = await site.call<{ items: { change: number }[] }>('GET', `${site.path}/changes`)
  const newest = found?.items[0]
  if (newest !== undefined) await site.call('GET', `${site.path}/changes/${newest.change}`)
}
