/** The service over HTTP against the limit loop, both on copies of the same site, in alternating runs. */
import { alternate, type Figure, median } from './measure.ts'
import { prepareSite } from './prepared-site.ts'
import { runBench, startService } from './processes.ts'

const leastOfLimit = 0.85

export async function benchService({
  rooms,
  rounds,
  seconds,
}: {
  rooms: number
  rounds: number
  seconds: number
}): Promise<Figure[]> {
  const site = await prepareSite(rooms)
  const limit = async () => Number(await runBench('limit-sqlite', await site.copy(), rooms, 8, seconds))
  const worst: number[] = []
  const over = (connections: number) => async () => {
    const service = await startService(site.folder, `sqlite:${await site.copy()}`)
    const result = JSON.parse(await runBench('load', service.url, rooms, connections, seconds))
    await service.stop()
    if (connections === 8) worst.push(result.worstMs)
    return result.idsPerSecond as number
  }
  const values = await alternate(rounds, { limit, one: over(1), eight: over(8), sixtyFour: over(64) })
  await site.remove()

  const figure = (name: string, value: number, target?: Figure['target']): Figure => ({
    name: `SQLite, ${rooms} rooms: ${name}`,
    value,
    unit: target === undefined ? 'IDs/s' : 'ratio',
    ...(target === undefined ? {} : { target }),
  })
  const limitIds = median(values.limit)
  return [
    figure('limit loop, 8 batches a commit', limitIds),
    figure('service, 1 connection', median(values.one)),
    figure('service, 8 connections', median(values.eight)),
    figure('service, 64 connections', median(values.sixtyFour)),
    figure('service at 8 connections / limit', median(values.eight) / limitIds, { least: leastOfLimit }),
    { name: 'SQLite: longest batch at 8 connections', value: median(worst), unit: 'ms' },
  ]
}
