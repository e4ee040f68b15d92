/** The service over HTTP against the limit loop, both on copies of the same site, in alternating runs. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alternate, type Metric, median } from './measure.ts'
import { type BenchDatabase, type BenchEngine, prepareSite } from './prepared-site.ts'
import { runBench, startService } from './processes.ts'

const minShareOfLimit = 0.85
const maxLoopDelayMs = 3
const watchLoop = new URL('./loop-delay.mjs', import.meta.url).href

export interface Load {
  idsPerSecond: number
  medianMs: number
  p99Ms: number
  worstMs: number
  /** How late the service's event loop was, at the 99th percentile. */
  loopDelayMs: number
}

export interface Sending {
  rooms: number
  connections: number
  seconds: number
  /** Sends for a second first, which does not count: a process is slower at what it does for the first time. */
  warm?: boolean
}

/** Starts the service on a database, and sends batches over this many connections from another process. */
export async function loadService(url: string, { rooms, connections, seconds, warm = false }: Sending): Promise<Load> {
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-bench-'))
  const delayFile = join(folder, 'delay')
  const environment = { BENCH_LOOP_DELAY: delayFile, NODE_OPTIONS: `--import ${watchLoop}` }
  const service = await startService({ folder, database: url, environment })
  if (warm) await runBench('batch-load', service.url, rooms, connections, 1)
  const load = JSON.parse(await runBench('batch-load', service.url, rooms, connections, seconds))
  await service.stop()
  const loopDelayMs = Number(await readFile(delayFile, 'utf8'))
  await rm(folder, { recursive: true, force: true })
  return { ...load, loopDelayMs }
}

export interface ServiceRun {
  rooms: number
  rounds: number
  seconds: number
  /** Numbers of connections to measure besides the eight that the ratio is about. */
  beside: number[]
}

export async function benchService(
  engine: BenchEngine,
  { rooms, rounds, seconds, beside }: ServiceRun,
): Promise<Metric[]> {
  const site = await prepareSite(engine, rooms)
  const on = async <Result>(work: (database: BenchDatabase) => Promise<Result>): Promise<Result> => {
    const database = await site.copy()
    const result = await work(database)
    await database.remove()
    return result
  }
  const loop = engine === 'SQLite' ? 'limit-sqlite' : 'limit-postgres'
  const limit = () =>
    on(async ({ url }) => Number(await runBench(loop, url.replace(/^sqlite:/, ''), rooms, 8, seconds)))
  const eight: Load[] = []
  const over = (connections: number) => () =>
    on(async ({ url }) => {
      const load = await loadService(url, { rooms, connections, seconds })
      if (connections === 8) eight.push(load)
      return load.idsPerSecond
    })
  const connections = [8, ...beside].sort((a, b) => a - b)
  const services = Object.fromEntries(connections.map(count => [String(count), over(count)]))
  const values: Record<string, number[]> = await alternate(rounds, { limit, ...services })
  await site.remove()

  const named = (name: string) => `${engine}, ${rooms.toLocaleString('en')} rooms: ${name}`
  const ids = (name: string, of: number[]): Metric => ({ name: named(name), value: median(of), unit: 'IDs/s' })
  return [
    ids('limit loop, 8 concurrent batches', values.limit!),
    ...connections.map(count => ids(`service, ${count} ${count === 1 ? 'connection' : 'connections'}`, values[count]!)),
    {
      name: named('service at 8 connections / limit'),
      value: median(values[8]!) / median(values.limit!),
      unit: 'ratio',
      target: { min: minShareOfLimit },
    },
    {
      name: named('event loop at 8 connections, p99'),
      value: median(eight.map(load => load.loopDelayMs)),
      unit: 'ms',
      target: { max: maxLoopDelayMs },
    },
    { name: named('batch at 8 connections, p99'), value: median(eight.map(load => load.p99Ms)), unit: 'ms' },
  ]
}
