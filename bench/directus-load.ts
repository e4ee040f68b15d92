/**
 * Sends updates of 100 rooms with new IDs to Directus, from a process of its own; prints what bench/batch-load.ts does.
 *
 *     node --import tsx bench/directus-load.ts URL ROOMS CONNECTIONS SECONDS
 */
import { secureRandomText } from '#roomkey/store/secure-random.js'
import { directusToken } from './directus.ts'
import { batchSize, sendBatches } from './send.ts'

const [url, ...numbers] = process.argv.slice(2) as [string, ...string[]]
const [rooms, connections, seconds] = numbers.map(Number) as [number, number, number]
const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'
/** More than it can process in the time. */
const differentBatches = 1000

// In turn, so that no two concurrent batches have a room in common.
const bodies = Array.from({ length: differentBatches }, (_, index) => {
  const first = (index * batchSize) % (rooms - batchSize)
  const items = Array.from({ length: batchSize }, (_, n) => ({
    id: first + n + 1,
    room_id: `pr${secureRandomText(alphabet, 12)}`,
  }))
  return Buffer.from(JSON.stringify(items))
})
const path = '/items/room?fields=id'
await sendBatches({ url, connections, seconds, method: 'PATCH', path, token: directusToken, bodies, order: 'inTurn' })
