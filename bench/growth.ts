/** How the service's speed changes as a site grows: the same load on sites of different sizes, in alternating runs. */
import { alternate, type Metric, median } from './measure.ts'
import { type BenchEngine, prepareSite } from './prepared-site.ts'
import { loadService } from './service.ts'

const tenMillion = 10_000_000
/** The minimum share of the speed on the smallest site, at ten million rooms. */
const minKept: Record<BenchEngine, number> = { SQLite: 0.45, PostgreSQL: 0.65 }
const maxStallMs = 20

export async function benchGrowth(
  engine: BenchEngine,
  { sizes, rounds, seconds }: { sizes: number[]; rounds: number; seconds: number },
): Promise<Metric[]> {
  const sites = new Map<number, Awaited<ReturnType<typeof prepareSite>>>()
  for (const rooms of sizes) {
    process.stderr.write(`  ${engine}: ${rooms.toLocaleString('en')} rooms …\n`)
    sites.set(rooms, await prepareSite(engine, rooms))
  }
  const stalls: number[] = []
  const largest = Math.max(...sizes)
  const on = (rooms: number, connections: number) => async () => {
    const database = await sites.get(rooms)!.copy()
    const load = await loadService(database.url, { rooms, connections, seconds, warm: connections === 1 })
    await database.remove()
    if (connections === 1) stalls.push(load.worstMs)
    return load.idsPerSecond
  }
  const runs = Object.fromEntries(sizes.map(rooms => [String(rooms), on(rooms, 8)]))
  const values = await alternate(rounds, { ...runs, stall: on(largest, 1) })
  for (const site of sites.values()) await site.remove()

  const idsAt = (rooms: number) => median(values[String(rooms) as keyof typeof values]!)
  const named = (rooms: number, name: string) => `${engine}, ${rooms.toLocaleString('en')} rooms: ${name}`
  const smallest = Math.min(...sizes)
  const whole = largest === tenMillion
  return [
    ...sizes.map((rooms): Metric => ({ name: named(rooms, '8 connections'), value: idsAt(rooms), unit: 'IDs/s' })),
    {
      name: named(largest, `/ ${smallest.toLocaleString('en')} rooms`),
      value: idsAt(largest) / idsAt(smallest),
      unit: 'ratio',
      // The target is for ten million; it must certainly be met with fewer.
      target: { min: minKept[engine] },
    },
    {
      name: named(largest, 'longest batch, 1 connection'),
      value: median(stalls),
      unit: 'ms',
      ...(whole ? { target: { max: maxStallMs } } : {}),
    },
  ]
}
