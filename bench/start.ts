/** From the start of the process to the first answer, and the memory a second later, compared with a bare Fastify. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { fillSqlite } from '../devtools/fill-site.ts'
import { alternate, type Metric, median } from './measure.ts'
import { memoryOf, startServer, startService } from './processes.ts'

const maxStart = 1.5
const maxMemory = 1.6

export async function benchStart({ rounds }: { rounds: number }): Promise<Metric[]> {
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-bench-'))
  const database = join(folder, 'start.sqlite')
  await fillSqlite(database, 1000)
  const bare = join(folder, 'bare.mjs')
  await build({
    entryPoints: [new URL('./bare-fastify.ts', import.meta.url).pathname],
    outfile: bare,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  })

  const memory: Record<'roomkey' | 'bare' | 'bareOne', number[]> = { roomkey: [], bare: [], bareOne: [] }
  const timed = (name: keyof typeof memory, start: () => ReturnType<typeof startServer>) => async () => {
    const started = performance.now()
    const server = await start()
    await (await fetch(`${server.url}/healthz`)).text()
    const took = performance.now() - started
    await sleep(1000)
    memory[name].push(memoryOf(server.pid, 'VmRSS'))
    await server.stop()
    return took
  }
  const startBare = (words: string[]) => () => startServer(bare, words, /service (http:\S+)/)
  const values = await alternate(rounds, {
    roomkey: timed('roomkey', () => startService({ folder, database: `sqlite:${database}` })),
    bare: timed('bare', startBare([])),
    bareOne: timed('bareOne', startBare(['--one'])),
  })
  await rm(folder, { recursive: true, force: true })

  const ms = (name: string, of: number[]): Metric => ({ name, value: median(of), unit: 'ms' })
  const megabytes = (name: string, of: number[]): Metric => ({ name, value: median(of), unit: 'MB' })
  const ratio = (name: string, ours: number[], theirs: number[], max?: number): Metric => ({
    name,
    value: median(ours) / median(theirs),
    unit: 'ratio',
    ...(max === undefined ? {} : { target: { max } }),
  })
  return [
    ms('start to first answer', values.roomkey),
    ms('the same, bare Fastify with the same schemas', values.bare),
    ratio('start / bare Fastify with the same schemas', values.roomkey, values.bare, maxStart),
    ratio('start / bare Fastify with one operation', values.roomkey, values.bareOne),
    megabytes('memory when idle', memory.roomkey),
    megabytes('the same, bare Fastify with the same schemas', memory.bare),
    ratio('memory / bare Fastify with the same schemas', memory.roomkey, memory.bare, maxMemory),
    ratio('memory / bare Fastify with one operation', memory.roomkey, memory.bareOne),
  ]
}
