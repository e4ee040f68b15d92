/** A whole rotation by the command line, against a service without a rate limit and with one. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fillSqlite } from '../devtools/fill-site.ts'
import { buildCallLog, judgeCalls, loggingCalls } from './logged-calls.ts'
import { alternate, type Metric, median } from './measure.ts'
import { type Rotated, rotate } from './one-rotation.ts'

const maxRatioToLeast = 1.03
const roomsPerCall = 100

/**
 * By the minute, as `serve --rate-limit` counts: the whole command against the minutes that it has to wait for, since a
 * minute's calls may all be made at its beginning, plus the calls of the last minute at the pace without a limit. By
 * the second, a token bucket that saves up a second's calls: the calls from the first to the last against those of a
 * caller who knows the limiter (logged-calls.ts), since that time is shorter than starting takes.
 */
export type CallLimit = { perMinute: number } | { perSecond: number }

export async function benchRotation({
  people,
  limit,
  rounds,
}: {
  people: number
  limit: CallLimit
  rounds: number
}): Promise<Metric[]> {
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-bench-'))
  const original = join(folder, 'original.sqlite')
  const callLog = await buildCallLog(folder)
  await fillSqlite(original, people)
  let runs = 0
  const planning: number[] = []
  const ratios: number[] = []
  const timed = (rotateTo: (path: string) => Promise<Rotated>) => async () => {
    runs += 1
    const { planSeconds, runSeconds } = await rotateTo(join(folder, String(runs)))
    planning.push(planSeconds)
    return runSeconds
  }
  const limited = async (path: string): Promise<Rotated> => {
    if ('perMinute' in limit) return rotate(original, path, limit)
    const wanted = { file: `${path}.calls`, kind: 'own', perSecond: limit.perSecond } as const
    const rotated = await rotate(original, path, loggingCalls(callLog, wanted))
    const { tookSeconds, minSeconds } = await judgeCalls(wanted.file, wanted.kind, wanted.perSecond)
    ratios.push(tookSeconds / minSeconds)
    return rotated
  }
  const values = await alternate(rounds, { unlimited: timed(path => rotate(original, path)), limited: timed(limited) })
  await rm(folder, { recursive: true, force: true })
  if ('perMinute' in limit) {
    const calls = Math.ceil(people / roomsPerCall)
    const minutes = Math.floor((calls - 1) / limit.perMinute)
    const lastMinute = (calls - minutes * limit.perMinute) / calls
    ratios.push(median(values.limited) / (60 * minutes + lastMinute * median(values.unlimited)))
  }

  const count = people.toLocaleString('en')
  const said = 'perMinute' in limit ? `${limit.perMinute} calls a minute` : `${limit.perSecond} calls a second`
  return [
    { name: `plan for ${count} people`, value: median(planning), unit: 's' },
    { name: `rotation of ${count} people, no limit`, value: median(values.unlimited), unit: 's' },
    { name: `rotation of ${count} people, ${said}`, value: median(values.limited), unit: 's' },
    {
      name: `${'perMinute' in limit ? 'rotation' : 'calls of a rotation'} with a limit / minimum`,
      value: median(ratios),
      unit: 'ratio',
      target: { max: maxRatioToLeast },
    },
  ]
}
