/**
 * What a test waits for: starting, resetting 1,000 people, and whether 1,000 resets leave anything behind.
 *
 *     npm run build && node --expose-gc --import tsx bench/test-kit.ts
 *
 * What it starts is what is installed: the built package.
 */
import { readdirSync } from 'node:fs'
import type { startRoomkey as Start } from '../src/testkit/start-roomkey.ts'

const built = new URL('../dist/testing.js', import.meta.url).href
const { startRoomkey } = (await import(built)) as { startRoomkey: typeof Start }

const siteUrl = 'example.webex.com'
const people = Array.from({ length: 1000 }, (_, index) => ({ email: `person${index}@example.com` }))
const resets = 1000

async function timed<Result>(work: () => Promise<Result>): Promise<[result: Result, ms: number]> {
  const began = performance.now()
  const result = await work()
  return [result, performance.now() - began]
}

function left() {
  globalThis.gc?.()
  const descriptors = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0
  const { rss, heapUsed, external } = process.memoryUsage()
  return { handles: process.getActiveResourcesInfo().length, descriptors, rss, heap: heapUsed + external }
}

const [first, firstMs] = await timed(() => startRoomkey())
const starts: number[] = []
for (let round = 0; round < 20; round += 1) {
  const [roomkey, ms] = await timed(() => startRoomkey())
  starts.push(ms)
  await roomkey.close()
}
await first.close()

const roomkey = await startRoomkey({ seed: { sites: [{ siteUrl, people }] } })
for (let round = 0; round < 50; round += 1) await roomkey.reset()
const before = left()
const times: number[] = []
for (let round = 0; round < resets; round += 1) times.push((await timed(() => roomkey.reset()))[1])
const after = left()
await roomkey.close()

const median = (values: number[]) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!
const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`
process.stdout.write(
  [
    `start: first ${firstMs.toFixed(0)} ms, then ${median(starts).toFixed(0)} ms (median of ${starts.length})`,
    `reset of ${people.length} people: ${median(times).toFixed(2)} ms (median of ${resets}), longest ${Math.max(...times).toFixed(1)}`,
    `left by ${resets} resets: ${after.handles - before.handles} handles, ${after.descriptors - before.descriptors} descriptors,` +
      ` heap ${mib(after.heap - before.heap)}, resident ${mib(after.rss - before.rss)}`,
    '',
  ].join('\n'),
)
