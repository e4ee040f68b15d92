/**
 * Loaded into the service before it starts: logs when each of Webex's calls arrived, its answer and the time of that,
 * and writes the log to a file when the service ends. With BENCH_LIMITER it puts a limiter of its own in front of the
 * service.
 */
import { writeFileSync } from 'node:fs'
import { Server, type ServerResponse } from 'node:http'
import { isMainThread } from 'node:worker_threads'
import { fixedWindow, type Limiter, slidingWindow, tokenBucket } from '../devtools/limiters/limiters.ts'

/** A call as the service saw it. Times are milliseconds since 1970. */
export interface LoggedCall {
  at: number
  endedAt: number
  status: number
  /** Seconds, where it was refused. */
  retryAfter: number
}

/** The limiters, by calls a second, that a run is compared with. `own` is that of the service's fault script. */
export const limiters = {
  own: (perSecond: number) => tokenBucket(perSecond, Math.max(1, perSecond)),
  window: (perSecond: number) => fixedWindow(perSecond, 1000, 'the clock'),
  sliding: (perSecond: number) => slidingWindow(perSecond, 1000),
} satisfies Record<string, (perSecond: number) => Limiter>

export type LimiterName = keyof typeof limiters

const { BENCH_CALLS: file, BENCH_LIMITER: kind = 'own', BENCH_RATE: rate } = process.env
if (isMainThread && file !== undefined)
  logCalls(file, kind === 'own' ? null : limiters[kind as LimiterName](Number(rate)))

function logCalls(into: string, limiter: Limiter | null): void {
  const began = Date.now() - performance.now()
  const calls: LoggedCall[] = []
  process.on('exit', () => writeFileSync(into, JSON.stringify(calls)))

  const emit: (event: string, ...rest: unknown[]) => boolean = Server.prototype.emit
  Server.prototype.emit = function (event: string, ...rest: unknown[]) {
    const [request, response] = rest as [{ url?: string }, ServerResponse & { _header: string }]
    if (event !== 'request' || !request.url?.startsWith('/v1/')) return emit.call(this, event, ...rest)
    const at = began + performance.now()
    response.once('finish', () => {
      // Headers that are set together with the status cannot be read back.
      const retryAfter = Number(/^retry-after: (\d+)/im.exec(response._header)?.[1] ?? 0)
      calls.push({ at, endedAt: began + performance.now(), status: response.statusCode, retryAfter })
    })
    const wait = limiter?.admit(at) ?? 0
    if (wait === 0) return emit.call(this, event, ...rest)
    response.writeHead(429, { 'retry-after': String(Math.ceil(wait / 1000)) }).end()
    return true
  }
}
