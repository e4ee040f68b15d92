/**
 * Sends batches of 100 to a service from a process of its own, over so many connections, and prints what came of it as
 * JSON: IDs per second, and milliseconds per batch at the median, at p99 and at worst.
 *
 *     node --import tsx bench/load.ts URL ROOMS CONNECTIONS SECONDS
 */
import { Pool } from 'undici'
import { percentile } from './measure.ts'
import { benchSite, benchToken, emailOf } from './prepared-site.ts'

const [url, rooms, connections, seconds] = [process.argv[2]!, ...process.argv.slice(3).map(Number)] as [
  string,
  number,
  number,
  number,
]
const batchSize = 100

/** Written before the clock starts: what is measured is the service, not this process. */
const bodies = Array.from({ length: Math.min(400, Math.floor(rooms / batchSize)) }, () => {
  const first = Math.floor(Math.random() * (rooms - batchSize))
  const items = Array.from({ length: batchSize }, (_, n) => ({ email: emailOf(first + n), systemGenerated: true }))
  return Buffer.from(JSON.stringify({ siteUrl: benchSite, personalMeetingRoomIds: items }))
})

const pool = new Pool(url, { connections, pipelining: 1 })
const took: number[] = []
const started = performance.now()
const ends = started + seconds * 1000
await Promise.all(Array.from({ length: connections }, sendBatches))
const elapsed = (performance.now() - started) / 1000
await pool.close()
process.stdout.write(
  `${JSON.stringify({
    idsPerSecond: (took.length * batchSize) / elapsed,
    medianMs: percentile(took, 0.5),
    p99Ms: percentile(took, 0.99),
    worstMs: Math.max(...took),
  })}\n`,
)

async function sendBatches(): Promise<void> {
  while (performance.now() < ends) {
    const sent = performance.now()
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId',
      headers: { authorization: `Bearer ${benchToken}`, 'content-type': 'application/json' },
      body: bodies[Math.floor(Math.random() * bodies.length)]!,
    })
    await body.dump()
    if (statusCode !== 200) throw new Error(`A batch was answered ${statusCode}.`)
    took.push(performance.now() - sent)
  }
}
