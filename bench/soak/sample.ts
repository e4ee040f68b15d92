/** What is measured each second. */
import { readFileSync } from 'node:fs'
import type { Files } from './files.ts'
import type { Latencies, Latency } from './latencies.ts'
import type { Site } from './site.ts'

/** Sizes in bytes, times in milliseconds; latencies are those of the last ten seconds. */
export interface Sample {
  second: number
  /** All memory of the process, with the pages of the database file that the system maps into it. */
  residentBytes: number
  /** Its own part: file pages are freed when other processes need memory. */
  ownBytes: number
  /** JavaScript's part, of the main thread. */
  heapBytes: number
  loopLagP99: number
  databaseBytes: number
  walBytes: number
  /** IDs that were given since the soak began. */
  claims: number
  batches: Latency
  lookups: Latency
  reads: Latency
  audits: Latency
  unexpected: number
}

export interface Watched {
  pid: number
  site: Site
  files: Files
  latencies: Record<'batches' | 'lookups' | 'reads' | 'audits', Latencies>
  claims: () => number
}

/** The resolution of the event loop's delay, which is part of every measured delay. */
const loopResolutionMs = 10

export async function takeSample(second: number, { pid, site, files, latencies, claims }: Watched): Promise<Sample> {
  const [metrics, lengths] = await Promise.all([site.call<string>('GET', '/metrics'), files.lengths()])
  const figure = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics ?? '')?.[1] ?? 0)
  return {
    second,
    ...memoryOf(pid),
    heapBytes: figure('nodejs_heap_size_used_bytes'),
    loopLagP99: Math.max(0, figure('nodejs_eventloop_lag_p99_seconds') * 1000 - loopResolutionMs),
    ...lengths,
    claims: claims(),
    batches: latencies.batches.ofLate(),
    lookups: latencies.lookups.ofLate(),
    reads: latencies.reads.ofLate(),
    audits: latencies.audits.ofLate(),
    unexpected: [...site.unexpected.values()].reduce((sum, times) => sum + times, 0),
  }
}

function memoryOf(pid: number): Pick<Sample, 'residentBytes' | 'ownBytes'> {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const bytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) * 1024
  return { residentBytes: bytes('VmRSS'), ownBytes: bytes('RssAnon') }
}
