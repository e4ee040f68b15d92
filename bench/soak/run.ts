/** The soak itself, from the first measurement to the verdicts. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareSite, removeBenchPostgres } from '../prepared-site.ts'
import { runBench, startService } from '../processes.ts'
import { batchSize } from '../send.ts'
import { countClaims, judgeCount, judgeDatabase, judgeRooms } from './durability.ts'
import { judge, maxWal, type Verdict } from './judge.ts'
import { engineNames, readOptions } from './options.ts'
import { tellResults, writeResults } from './results.ts'
import { Site } from './site.ts'
import { soak } from './soak-service.ts'

const warmUpSeconds = 60
const measuredSeconds = 30
const measuredConnections = 8

const options = readOptions()
const { minutes, database, rooms, idsEach, share } = options
const engine = engineNames[database]
const ends = new AbortController()
process.on('SIGUSR2', () => ends.abort())

const say = (line: string) => process.stdout.write(`${line}\n`)
const folder = await mkdtemp(join(tmpdir(), 'roomkey-soak-'))
// A claim's key lands anywhere in its index, so that a batch writes more pages the longer the index is: a site of
// sixteen million IDs takes half as many batches as a new one. On a site with history, the limit changes less during
// the soak.
const past = (rooms * idsEach).toLocaleString('en')
say(`${engine}, ${rooms.toLocaleString('en')} rooms: pre-filling a history of ${past} IDs …`)
const prepared = await prepareSite(engine, rooms, idsEach)
const copy = await prepared.copy()
// Clients that look up links have an address each, as a proxy in front of the service would report it.
const environment = { ROOMKEY_TRUST_PROXY: '127.0.0.1' }
const service = await startService({ folder, database: copy.url, environment })
const site = new Site(service.url, rooms)

const maxBatches = async (seconds: number) => {
  const output = await runBench('batch-load', service.url, site.batchRooms, measuredConnections, seconds)
  return (JSON.parse(output) as { idsPerSecond: number }).idsPerSecond / batchSize
}
say(`${warmUpSeconds} s of batches first …`)
await maxBatches(warmUpSeconds)
say(`Measuring its capacity for ${measuredSeconds} s …`)
const capacity = await maxBatches(measuredSeconds)
const sent = Math.max(1, Math.round(capacity * share))
const claimsBefore = await countClaims(copy.url)
say(`${capacity.toFixed(0)} batches a second; ${sent} of them for ${minutes} minutes. Ctrl-C ends it early.`)

const soaked = await soak({
  service,
  site,
  database: copy.url,
  perSecond: sent,
  seconds: minutes * 60,
  ends: ends.signal,
  say,
})
const kept = [await judgeRooms(site, soaked.acknowledged)]
await site.close()
kept.push(judgeCount(claimsBefore, await countClaims(copy.url), soaked.claims))
say(`Measuring its capacity again for ${measuredSeconds} s …`)
const capacityAfter = await maxBatches(measuredSeconds)
await service.stop()
say('Checking the database …')
kept.push(await judgeDatabase(copy.url))

const strange = [...site.unexpected.values()].reduce((sum, times) => sum + times, 0)
const verdicts: Verdict[] = [
  { met: strange === 0, sentence: `${strange} answers were not as expected.` },
  ...kept,
  ...judge(soaked.samples, { maxWalBytes: maxWal[database] }),
]
const batchesPerSecond = { capacity, capacityAfter, sent }
const results = { ...soaked, options, batchesPerSecond, unexpected: site.unexpected, verdicts }
await rm(folder, { recursive: true })
await copy.remove()
await prepared.remove()
await removeBenchPostgres()
tellResults(results, say)
await writeResults(results, say)
process.exitCode = verdicts.every(({ met }) => met) ? 0 : 1
