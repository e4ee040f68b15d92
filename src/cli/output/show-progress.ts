/** Progress on standard error: a bar on a terminal, an occasional line in a log. */
import { Presets, SingleBar } from 'cli-progress'
import type { Progress } from '../../rotations/running/run-deps.ts'
import { type Hours, sayHours } from '../../rotations/target/hours.ts'

const lineEveryMs = 5_000

/** Shows a growing number whose total is not known. */
export function showCount(what: string): { count: (n: number) => void; end: () => void } {
  let lastLineAt = Date.now()
  return {
    count(n) {
      if (process.stderr.isTTY) process.stderr.write(`\r${n} ${what}`)
      else if (Date.now() - lastLineAt > lineEveryMs) {
        lastLineAt = Date.now()
        process.stderr.write(`${n} ${what}\n`)
      }
    },
    end() {
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    },
  }
}

/** Shows a run: rate, done, refused, waiting, and when it should finish. */
export function showRun(): { report: (progress: Progress) => void; end: () => void } {
  const began = Date.now()
  let first: number | undefined
  let lastLineAt = 0
  let readAgainAt: number | null = null
  const bar = process.stderr.isTTY
    ? new SingleBar(
        { format: '{bar} {percentage}% {words}', hideCursor: true, clearOnComplete: true },
        Presets.shades_classic,
      )
    : undefined
  bar?.start(1, 0, { words: '' })

  return {
    report(progress) {
      const settled = progress.done + progress.refused + progress.held
      first ??= settled
      const seconds = Math.max(0.001, (Date.now() - began) / 1000)
      const words = sayProgress(progress, (settled - first) / seconds, Date.now())
      if (bar !== undefined) {
        bar.setTotal(Math.max(1, progress.total))
        bar.update(settled, { words })
      } else if (Date.now() - lastLineAt > lineEveryMs || progress.doing().readAgainAt !== readAgainAt) {
        lastLineAt = Date.now()
        readAgainAt = progress.doing().readAgainAt
        process.stderr.write(`${words}\n`)
      }
    },
    end() {
      bar?.stop()
    },
  }
}

export function sayProgress(progress: Progress, perSecond: number, now: number): string {
  const { done, refused, held, unsure, total, waitingUntil, retryAfter } = progress
  const left = total - done - refused - held
  const words = [`${done} of ${total} done`]
  if (refused > 0) words.push(`${refused} refused`)
  if (held > 0) words.push(`${held} held`)
  if (unsure > 0) words.push(`${unsure} to be read back`)
  if (perSecond > 0) words.push(`${perSecond.toFixed(perSecond < 10 ? 1 : 0)} rooms per second`)
  if (perSecond > 0 && left > 0) words.push(`${sayTime(left / perSecond)} left`)
  if (waitingUntil > now) words.push(sayWait(waitingUntil, retryAfter, now))
  const { readAgainAt } = progress.doing()
  if (readAgainAt !== null && readAgainAt > now) words.push(sayReadAgain(readAgainAt, now))
  return words.join(', ')
}

/** Until then, readings may be older than the changes. */
function sayReadAgain(until: number, now: number): string {
  return `waiting ${sayTime((until - now) / 1000)}, until ${new Date(until).toISOString()}, when no reading can be late any more`
}

/** Says that calls are made at other times of the day alone. */
export function showPause(hours: Hours, until: number): void {
  const clear = process.stderr.isTTY ? '\r\u001b[K' : ''
  const time = new Date(until).toISOString()
  process.stderr.write(`${clear}calls are made at ${sayHours(hours)}; pausing until then, ${time}\n`)
}

/** Says at once, whatever else is shown, that a target asks for a wait that somebody would wonder about. */
export function showWait(until: number, retryAfter: string | null): void {
  const now = Date.now()
  if (until - now < lineEveryMs) return
  const clear = process.stderr.isTTY ? '\r\u001b[K' : ''
  process.stderr.write(`${clear}${sayWait(until, retryAfter, now)}\n`)
}

/** `waiting 5 s as the target asked (Retry-After: 5)` */
export function sayWait(until: number, retryAfter: string | null, now: number): string {
  const time = until - now < 90_000 ? '' : `, until ${new Date(until).toISOString()},`
  const asked = retryAfter === null ? '' : ` (Retry-After: ${retryAfter.slice(0, 80)})`
  return `waiting ${sayTime((until - now) / 1000)}${time} as the target asked${asked}`
}

export function sayTime(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 5400) return `${Math.ceil(seconds / 60)} min`
  return seconds < 72 * 3600 ? `${(seconds / 3600).toFixed(1)} h` : `${Math.ceil(seconds / 86_400)} days`
}
