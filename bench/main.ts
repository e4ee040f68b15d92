/**
 * Measures Roomkey against its limit and its alternatives, in one run, since machines drift: prints a table with every
 * ratio beside its target, and writes the metrics as JSON.
 *
 *     npm run bench [-- --quick] [-- --only NAME[,NAME]] [-- --engine SQLite|PostgreSQL] [-- --peers] [-- --out FILE] [-- --markdown FILE]
 *
 * The peers are installed into a scratch folder when `--peers` asks for it, and measured wherever they are installed.
 */
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { benchAudit } from './audit.ts'
import { benchConsole } from './console.ts'
import { benchGrowth } from './growth.ts'
import { benchImport } from './import.ts'
import type { Metric } from './measure.ts'
import { benchPeers } from './peers.ts'
import { installPeers } from './peers-folder.ts'
import { engines, removeBenchPostgres } from './prepared-site.ts'
import { renderMarkdown, renderTable } from './render.ts'
import { benchRotation } from './rotation.ts'
import { benchService } from './service.ts'
import { benchStart } from './start.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    engine: { type: 'string' },
    peers: { type: 'boolean', default: false },
    out: { type: 'string', default: 'bench-results.json' },
    markdown: { type: 'string' },
  },
})
const { quick } = values
const rounds = quick ? 1 : 5
const seconds = quick ? 2 : 6
const only = values.only?.split(',')

const onEachEngine = async (bench: (engine: (typeof engines)[number]) => Promise<Metric[]>) => {
  const metrics: Metric[] = []
  for (const engine of engines) {
    if (values.engine === undefined || values.engine === engine) metrics.push(...(await bench(engine)))
  }
  return metrics
}

const benches: Record<string, () => Promise<Metric[]>> = {
  start: () => benchStart({ rounds: quick ? 3 : 9 }),
  service: () =>
    onEachEngine(engine =>
      benchService(engine, { rooms: quick ? 50_000 : 200_000, rounds, seconds, beside: quick ? [] : [1, 64] }),
    ),
  peers: () => benchPeers({ rooms: 10_000, rounds, seconds, bare: !quick }),
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
  console: () => benchConsole({ rounds: quick ? 2 : 5 }),
  import: () => benchImport({ people: quick ? 20_000 : 200_000, rounds }),
  audit: () => benchAudit({ rooms: quick ? 50_000 : 1_000_000, rounds }),
}

if (values.peers) await installPeers()
const metrics: Metric[] = []
const began = performance.now()
try {
  for (const [name, run] of Object.entries(benches)) {
    if (only !== undefined && !only.includes(name)) continue
    const started = performance.now()
    try {
      metrics.push(...(await run()))
    } catch (error) {
      process.stderr.write(`${name} broke off: ${(error as Error).stack}\n`)
      process.exitCode = 1
    }
    process.stderr.write(`${name}: ${secondsSince(started)} s\n`)
    await writeFigures()
  }
} finally {
  await removeBenchPostgres()
}

process.stdout.write(renderTable(metrics))
if (values.markdown !== undefined) await writeFile(values.markdown, renderMarkdown(metrics))
process.stderr.write(`${secondsSince(began)} s in all; ${values.out} has the metrics.\n`)

/** After each part: an hour of measurements should not be lost to a part that fails. */
async function writeFigures(): Promise<void> {
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version }
  const run = { machine, rounds, seconds, tookSeconds: secondsSince(began), metrics }
  await writeFile(values.out, `${JSON.stringify(run, null, 2)}\n`)
}

function secondsSince(moment: number): number {
  return Math.round((performance.now() - moment) / 1000)
}
