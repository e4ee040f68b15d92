/**
 * Measures Roomkey against its limit and its alternatives, in one run, since machines drift: prints a table with every
 * ratio beside its target, and writes the figures as JSON.
 *
 *     npm run bench [-- --quick] [-- --only service|start] [-- --out FILE]
 */
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import Table from 'cli-table3'
import { type Figure, meets } from './measure.ts'
import { benchService } from './service.ts'
import { benchStart } from './start.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    out: { type: 'string', default: 'bench-results.json' },
  },
})
const rounds = values.quick ? 1 : 5
const seconds = values.quick ? 4 : 10

const benches: Record<string, () => Promise<Figure[]>> = {
  service: () => benchService({ rooms: values.quick ? 50_000 : 200_000, rounds, seconds }),
  start: () => benchStart({ rounds: values.quick ? 3 : 9 }),
}

const figures: Figure[] = []
for (const [name, run] of Object.entries(benches)) {
  if (values.only !== undefined && values.only !== name) continue
  process.stderr.write(`${name} …\n`)
  figures.push(...(await run()))
}

const table = new Table({ head: ['figure', 'value', 'unit', 'target', ''], style: { head: [], border: [] } })
for (const figure of figures) {
  const { name, value, unit, target } = figure
  const wanted = target === undefined ? '' : 'least' in target ? `at least ${target.least}` : `at most ${target.most}`
  table.push([name, value.toPrecision(3), unit, wanted, target === undefined ? '' : meets(figure) ? 'met' : 'missed'])
}
process.stdout.write(`${table.toString()}\n`)
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version }
await writeFile(values.out, `${JSON.stringify({ machine, rounds, figures }, null, 2)}\n`)
