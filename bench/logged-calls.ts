/**
 * Logs the calls that arrive at a service in its own process, and compares them with the best possible run under its
 * limiter.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { type LimiterName, type LoggedCall, limiters } from './call-log.ts'

export interface Judged {
  through: number
  refused: number
  /** The most refusals from one of them until its Retry-After has passed. */
  inOneWindow: number
  /** From the arrival of the first call to the answer of the last. */
  tookSeconds: number
  /**
   * The time that a caller would need who knows the limiter and whose calls take no time: as many calls as were let
   * through, the first when the first arrived, each of the others as soon as the limiter lets it through.
   */
  minSeconds: number
}

/** Builds the module that the service must load before it starts; returns its path. */
export async function buildCallLog(folder: string): Promise<string> {
  const outfile = join(folder, 'call-log.mjs')
  await build({
    entryPoints: [new URL('./call-log.ts', import.meta.url).pathname],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
  return outfile
}

/** The options with which a service logs its calls into a file, with a limiter. */
export function loggingCalls(
  callLog: string,
  { file, kind, perSecond }: { file: string; kind: LimiterName; perSecond: number },
): { environment: NodeJS.ProcessEnv; faults?: object } {
  const environment = {
    NODE_OPTIONS: `--import ${callLog}`,
    BENCH_CALLS: file,
    BENCH_LIMITER: kind,
    BENCH_RATE: String(perSecond),
  }
  return kind === 'own' ? { environment, faults: { callsPerSecond: perSecond } } : { environment }
}

export async function judgeCalls(file: string, kind: LimiterName, perSecond: number): Promise<Judged> {
  const calls = (JSON.parse(await readFile(file, 'utf8')) as LoggedCall[]).sort((a, b) => a.at - b.at)
  const began = calls[0]!.at
  const refused = calls.filter(({ status }) => status === 429)
  const through = calls.length - refused.length
  const within = ({ at, retryAfter }: LoggedCall) =>
    refused.filter(other => other.at >= at && other.at < at + retryAfter * 1000).length

  const limiter = limiters[kind](perSecond)
  let at = began
  for (let call = 0; call < through; call += 1) {
    at = limiter.opens(at)
    while (limiter.admit(at) > 0) at += 0.01
  }
  return {
    through,
    refused: refused.length,
    inOneWindow: Math.max(0, ...refused.map(within)),
    tookSeconds: (Math.max(...calls.map(({ endedAt }) => endedAt)) - began) / 1000,
    minSeconds: (at - began) / 1000,
  }
}
