/**
 * Sends batch refreshes of 100 people to a service, or to a mock of it, from a process of its own: IDs per second, and
 * milliseconds per batch at the median, at p99 and at worst.
 *
 *     node --import tsx bench/batch-load.ts URL ROOMS CONNECTIONS SECONDS
 */
import { benchSite, benchToken, emailOf } from '../devtools/fill-site.ts'
import { batchSize, sendBatches } from './send.ts'

const [url, ...numbers] = process.argv.slice(2) as [string, ...string[]]
const [rooms, connections, seconds] = numbers.map(Number) as [number, number, number]
const differentBatches = 4000

const bodies = Array.from({ length: Math.min(differentBatches, Math.floor(rooms / batchSize)) }, () => {
  const first = Math.floor(Math.random() * (rooms - batchSize))
  const items = Array.from({ length: batchSize }, (_, n) => ({ email: emailOf(first + n), systemGenerated: true }))
  return Buffer.from(JSON.stringify({ siteUrl: benchSite, personalMeetingRoomIds: items }))
})
const path = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId'
await sendBatches({ url, connections, seconds, method: 'POST', path, token: benchToken, bodies, order: 'anyOf' })
