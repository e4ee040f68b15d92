/**
 * Measures Roomkey against its limit and its alternatives, in one run, since machines drift: prints a table with every
 * ratio beside its target, and writes the figures as JSON.
 *
 *     npm run bench [-- --quick] [-- --only NAME[,NAME]] [-- --peers] [-- --out FILE]
 *
 * The peers are installed into a scratch folder when `--peers` asks for it, and measured wherever they are there.
 */
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import Table from 'cli-table3'
import { benchAudit } from './audit.ts'
import { benchConsole } from './console.ts'
import { benchGrowth } from './growth.ts'
import { benchImport } from './import.ts'
import { type Figure, meets } from './measure.ts'
import { benchPeers } from './peers.ts'
import { installPeers } from './peers-folder.ts'
import { engines, removeBenchPostgres } from './prepared-site.ts'
import { benchRotation } from './rotation.ts'
import { benchService } from './service.ts'
import { benchStart } from './start.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    peers: { type: 'boolean', default: false },
    out: { type: 'string', default: 'bench-results.json' },
  },
})
const { quick } = values
const rounds = quick ? 1 : 5
const seconds = quick ? 3 : 6
const only = values.only?.split(',')

const onEachEngine = async (bench: (engine: (typeof engines)[number]) => Promise<Figure[]>) => {
  const figures: Figure[] = []
  for (const engine of engines) figures.push(...(await bench(engine)))
  return figures
}

const benches: Record<string, () => Promise<Figure[]>> = {
  start: () => benchStart({ rounds: quick ? 3 : 9 }),
  service: () => onEachEngine(engine => benchService(engine, { rooms: quick ? 50_000 : 200_000, rounds, seconds })),
  peers: () => benchPeers({ rooms: 10_000, rounds, seconds }),
  growth: () =>
    onEachEngine(engine =>
      benchGrowth(engine, {
        sizes: quick ? [10_000, 200_000] : [10_000, 200_000, 2_000_000, 10_000_000],
        rounds,
        seconds,
      }),
    ),
  rotation: () =>
    benchRotation(
      quick
        ? { people: 25_000, limit: { perSecond: 15 }, rounds }
        : { people: 100_000, limit: { perMinute: 600 }, rounds },
    ),
  audit: () => benchAudit({ rooms: quick ? 50_000 : 1_000_000, rounds }),
  import: () => benchImport({ people: quick ? 20_000 : 200_000, rounds }),
  console: () => benchConsole({ rounds: quick ? 2 : 5 }),
}

if (values.peers) await installPeers()
const figures: Figure[] = []
const began = performance.now()
try {
  for (const [name, run] of Object.entries(benches)) {
    if (only !== undefined && !only.includes(name)) continue
    const started = performance.now()
    figures.push(...(await run()))
    process.stderr.write(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s\n`)
  }
} finally {
  await removeBenchPostgres()
}

const table = new Table({ head: ['figure', 'value', 'unit', 'target', ''], style: { head: [], border: [] } })
for (const figure of figures) {
  const { name, value, unit, target } = figure
  const wanted = target === undefined ? '' : 'least' in target ? `at least ${target.least}` : `at most ${target.most}`
  const judged = target === undefined ? '' : value === null ? 'not measured' : meets(figure) ? 'met' : 'missed'
  table.push([name, value === null ? '' : sayValue(value), unit, wanted, judged])
}
process.stdout.write(`${table.toString()}\n`)
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version }
const tookSeconds = Math.round((performance.now() - began) / 1000)
await writeFile(values.out, `${JSON.stringify({ machine, rounds, seconds, tookSeconds, figures }, null, 2)}\n`)
process.stderr.write(`${tookSeconds} s in all; ${values.out} has the figures.\n`)

function sayValue(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
