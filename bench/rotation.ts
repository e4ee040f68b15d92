/** A whole rotation by the command line, against a service without a limit and one that allows so many calls a minute. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchSite, benchToken, fillSqlite } from './fill-site.ts'
import { alternate, type Figure, median } from './measure.ts'
import { runCommand, startService } from './processes.ts'

const mostOfLeast = 1.03
const roomsPerCall = 100
const token = { ROOMKEY_TOKEN: benchToken }

export async function benchRotation({
  people,
  callsPerMinute,
  rounds,
}: {
  people: number
  callsPerMinute: number
  rounds: number
}): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-bench-'))
  const original = join(folder, 'original.sqlite')
  await fillSqlite(original, people)
  let runs = 0
  const planning: number[] = []
  const rotate = (limit?: number) => async () => {
    runs += 1
    const data = join(folder, String(runs))
    const database = `sqlite:${data}.sqlite`
    await copyFile(original, `${data}.sqlite`)
    // The plan is made without a limit: what is measured is the run.
    const open = await startService({ folder, database })
    const words = [
      '--site',
      benchSite,
      '--target',
      open.url,
      '--data',
      data,
      '--out',
      join(folder, 'plan.csv'),
      '--json',
    ]
    const plan = await runCommand(['plan', ...words], token)
    planning.push(plan.seconds)
    await open.stop()
    const port = Number(new URL(open.url).port)
    const service = await startService({ folder, database, port, ...(limit === undefined ? {} : { limit }) })
    const run = await runCommand(['run', String(JSON.parse(plan.output).rotation), '--data', data, '--json'], token)
    await service.stop()
    return run.seconds
  }
  const values = await alternate(rounds, { unlimited: rotate(), limited: rotate(callsPerMinute) })
  await rm(folder, { recursive: true, force: true })

  const count = people.toLocaleString('en')
  // A minute's calls may all be made at its beginning.
  const calls = Math.ceil(people / roomsPerCall)
  const leastSeconds = Math.floor((calls - 1) / callsPerMinute) * 60
  return [
    { name: `plan for ${count} people`, value: median(planning), unit: 's' },
    { name: `rotation of ${count} people, no limit`, value: median(values.unlimited), unit: 's' },
    { name: `rotation of ${count} people, ${callsPerMinute} calls a minute`, value: median(values.limited), unit: 's' },
    ...(leastSeconds > 0
      ? [
          {
            name: 'rotation with a limit / least possible',
            value: median(values.limited) / leastSeconds,
            unit: 'ratio',
            target: { most: mostOfLeast },
          },
        ]
      : []),
  ]
}
