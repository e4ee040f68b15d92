/** Follows the making of a plan: how far it is on standard error. Ctrl-C stops it; what was read is kept. */
import { integer } from '../../messages/numbers.ts'
import type { Refusal } from '../../rotations/refusal.ts'
import type { Planned, PlanOptions } from '../../rotations/use-cases/have-plan-made.ts'
import { sayTime } from './show-progress.ts'

const lineEveryMs = 5_000

type Reading = Parameters<NonNullable<PlanOptions['onProgress']>>[0]

export async function followPlan(
  plan: (options: PlanOptions) => Promise<Planned | Refusal>,
): Promise<Planned | Refusal> {
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
  let lastLineAt = Date.now()
  const onProgress = (reading: Reading) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${sayReading(reading)}`)
    else if (Date.now() - lastLineAt > lineEveryMs) {
      lastLineAt = Date.now()
      process.stderr.write(`${sayReading(reading)}\n`)
    }
  }
  try {
    return await plan({ onProgress, signal: stop.signal })
  } finally {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    process.removeListener('SIGINT', onSignal)
    process.removeListener('SIGTERM', onSignal)
  }
}

/** `2,310 of 48,200 rooms read, 290 a minute, 2.6 h left` */
export function sayReading(reading: Reading): string {
  const { perMinute } = reading
  if (reading.phase === 'list') return `${integer(reading.people)} people read`
  const { read, total } = reading
  const words = [`${integer(read)} of ${integer(total)} rooms read`]
  if (perMinute !== null && perMinute > 0) {
    words.push(`${integer(perMinute)} a minute`)
    if (read < total) words.push(`${sayTime(((total - read) / perMinute) * 60)} left`)
  }
  return words.join(', ')
}
