/** The soak itself, from the first measurement to the verdicts. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { prepareSite, removeBenchPostgres } from '../prepared-site.ts'
import { runBench, startService } from '../processes.ts'
import { batchSize } from '../send.ts'
import { judge, longestWal, type Verdict } from './judge.ts'
import { countClaims, judgeCount, judgeDatabase, judgeRooms } from './kept.ts'
import { savePicture } from './picture.ts'
import { drawPlot } from './plot.ts'
import { fewestRooms, Site } from './site.ts'
import { soak } from './soak-service.ts'
import { thin } from './thin.ts'

const engineNames = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const
const warmUpSeconds = 60
const measuredSeconds = 30
const measuredConnections = 8

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    database: { type: 'string', default: 'sqlite' },
    rooms: { type: 'string', default: '20000' },
    'ids-each': { type: 'string', default: '3000' },
    share: { type: 'string', default: '0.7' },
    out: { type: 'string', default: 'soak-results' },
  },
})
const minutes = Number(values.minutes)
const rooms = Number(values.rooms)
const idsEach = Number(values['ids-each'])
const share = Number(values.share)
const database = values.database as keyof typeof engineNames
if (!Object.hasOwn(engineNames, database)) throw new Error('--database takes sqlite or postgres.')
if (!(minutes > 0 && share > 0 && Number.isInteger(idsEach) && idsEach > 0 && rooms >= fewestRooms)) {
  throw new Error(
    `--minutes and --share take positive numbers, --ids-each a whole one, --rooms one of at least ${fewestRooms}.`,
  )
}
const ends = new AbortController()
process.on('SIGUSR2', () => ends.abort())

const say = (line: string) => process.stdout.write(`${line}\n`)
const folder = await mkdtemp(join(tmpdir(), 'roomkey-soak-'))
// A claim's key lands anywhere in its index, so that a batch writes more pages the longer the index is: a site of sixteen
// million IDs takes half as many batches as a new one. Of a site that has a past, the limit changes less meanwhile.
const past = rooms * idsEach
say(
  `${engineNames[database]}, ${rooms.toLocaleString('en')} rooms: giving them a past of ${past.toLocaleString('en')} IDs …`,
)
const prepared = await prepareSite(engineNames[database], rooms, idsEach)
const copy = await prepared.copy()
const { url } = copy
// Whoever looks links up has an address each, as a proxy in front of the service would tell it.
const environment = { ROOMKEY_TRUST_PROXY: '127.0.0.1' }
const service = await startService({ folder, database: url, environment })
const site = new Site(service.url, rooms)

const mostBatches = async (seconds: number) => {
  const told = await runBench('load', service.url, site.batchRooms, measuredConnections, seconds)
  return (JSON.parse(told) as { idsPerSecond: number }).idsPerSecond / batchSize
}
say(`${warmUpSeconds} s of batches first …`)
await mostBatches(warmUpSeconds)
say(`Measuring for ${measuredSeconds} s what it can do …`)
const capacity = await mostBatches(measuredSeconds)
const perSecond = Math.max(1, Math.round(capacity * share))
const claimsBefore = await countClaims(url)
say(`${capacity.toFixed(0)} batches a second; ${perSecond} of them for ${minutes} minutes. Ctrl-C ends it early.`)

const { samples, rotated, acknowledged, claims } = await soak({
  service,
  site,
  database: url,
  perSecond,
  seconds: minutes * 60,
  ends: ends.signal,
  say,
})
const verdicts: Verdict[] = [await judgeRooms(site, acknowledged)]
await site.close()
verdicts.push(judgeCount(claimsBefore, await countClaims(url), claims))
say(`Measuring for ${measuredSeconds} s what it can do now …`)
const capacityAfter = await mostBatches(measuredSeconds)
await service.stop()
say('Checking the database …')
verdicts.push(await judgeDatabase(url))
verdicts.unshift({
  met: site.unexpected.size === 0,
  sentence: `${[...site.unexpected.values()].reduce((sum, times) => sum + times, 0)} answers were not as expected.`,
})
verdicts.push(...judge(samples, { longestWalBytes: longestWal[database] }))

const lasted = (samples.at(-1)?.second ?? 0) / 60
const title = `${engineNames[database]}, ${rooms.toLocaleString('en')} rooms: ${lasted.toFixed(1)} minutes at ${perSecond} batches a second`
const figures = {
  machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
  engine: engineNames[database],
  rooms,
  minutes: lasted,
  batchesPerSecond: { capacity, capacityAfter, sent: perSecond },
  idsGiven: claims,
  rotations: rotated.rotations,
  rotationsUndone: rotated.undone,
  unexpected: Object.fromEntries(site.unexpected),
}
const plot = drawPlot({ title, samples, verdicts })
await mkdir(values.out, { recursive: true })
await writeFile(
  join(values.out, 'soak.json'),
  `${JSON.stringify({ ...figures, verdicts, samples: thin(samples) }, null, 2)}\n`,
)
await writeFile(join(values.out, 'soak.svg'), plot)
const drawn = await savePicture(plot, join(values.out, 'soak.png'))
await rm(folder, { recursive: true })
await copy.remove()
await prepared.remove()
await removeBenchPostgres()

say(
  `\n${title}, ${claims.toLocaleString('en')} IDs, ${rotated.rotations} rotations, ${rotated.undone} of them taken back`,
)
const percent = (limit: number) => `${((perSecond / limit) * 100).toFixed(0)}% of the ${limit.toFixed(0)}`
say(`It was sent ${percent(capacity)} that it could take before, and ${percent(capacityAfter)} that it can now.`)
for (const [what, times] of site.unexpected) say(`  ${times} × ${what}`)
for (const { met, sentence } of verdicts) say(`${met ? 'kept  ' : 'MISSED'}  ${sentence}`)
say(`${join(values.out, 'soak.json')} and soak.svg${drawn ? ' and soak.png' : ''} have the figures.`)
process.exitCode = verdicts.every(({ met }) => met) ? 0 : 1
