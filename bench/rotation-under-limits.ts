/**
 * How close a rotation comes to the minimum time against a service with a limit of calls a second, over real sockets: a
 * service process with a limiter, `roomkey run` against it, and a log of the calls as the service saw them.
 *
 *     npm run build && npx tsx bench/rotation-under-limits.ts [--rates 2,5,10,20,50] [--seconds 60] [--limiter own|window|sliding]
 *
 * `own` is `serve --faults {"callsPerSecond":R}`: a token bucket that saves up a second's calls. `window` allows R in
 * each second of the clock, `sliding` in any second. Each answers Retry-After in whole seconds, rounded up.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fillSqlite } from '../devtools/fill-site.ts'
import { type LimiterName, limiters } from './call-log.ts'
import { buildCallLog, judgeCalls, loggingCalls } from './logged-calls.ts'
import { rotate } from './one-rotation.ts'

const { values } = parseArgs({
  options: {
    rates: { type: 'string', default: '2,5,10,20,50' },
    seconds: { type: 'string', default: '60' },
    limiter: { type: 'string', default: 'own' },
  },
})
if (!(values.limiter in limiters)) throw new Error(`--limiter must be one of ${Object.keys(limiters).join(', ')}.`)
const kind = values.limiter as LimiterName
const seconds = Number(values.seconds)

const folder = await mkdtemp(join(tmpdir(), 'roomkey-bench-'))
const callLog = await buildCallLog(folder)
const columns = ['calls a second', 'calls', '429s', 'max in one Retry-After', 'minimum, s']
console.log(`| ${[...columns, 'first to last call, s', 'ratio', 'whole command, s', 'ratio'].join(' | ')} |`)
console.log(`|${' --- |'.repeat(9)}`)
// They mostly wait, so they can be measured at the same time.
await Promise.all(values.rates.split(',').map(rate => measure(Number(rate))))
await rm(folder, { recursive: true, force: true })

async function measure(perSecond: number): Promise<void> {
  // The canary's batch of ten and its ten reads come first, and the saved-up calls take no time.
  const batches = perSecond * (seconds + 1) - 10
  const original = join(folder, `${perSecond}-original.sqlite`)
  const path = join(folder, String(perSecond))
  const file = `${path}.calls`
  await fillSqlite(original, 100 * batches)
  const { runSeconds } = await rotate(original, path, loggingCalls(callLog, { file, kind, perSecond }))
  const { through, refused, inOneWindow, minSeconds, tookSeconds } = await judgeCalls(file, kind, perSecond)
  const least = minSeconds.toFixed(2)
  const took = [tookSeconds, runSeconds].flatMap(time => [time.toFixed(2), (time / minSeconds).toFixed(3)])
  console.log(`| ${[perSecond, through, refused, inOneWindow, least, ...took].join(' | ')} |`)
}
