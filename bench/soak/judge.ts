/**
 * Whether anything degraded: compares the last fifth of the time with the second one. The first fifth is left out,
 * while caches fill and code is compiled.
 */
import { median } from '../measure.ts'
import type { Sample } from './sample.ts'

export interface Verdict {
  met: boolean
  sentence: string
}

/**
 * A service that leaks a kilobyte a batch would grow by hundreds of megabytes in half an hour. A heap varies by a tenth
 * with the moment of its last collection.
 */
const maxMemory = 1.15
const maxLatency = 1.5
/** The p99 of fifty calls is their slowest one. */
const maxFewCallsLatency = 2
/** Less than this is noise of the machine, whatever the ratio. */
const noiseMs = 5
/** An index of random keys splits its pages in waves, so that what an ID takes goes up and down by as much by itself. */
const maxPerClaim = 1.5

/**
 * The file of SQLite's log is truncated at 640 MiB, unless a reader needs what is older, and an audit of every room
 * takes seconds; PostgreSQL's `max_wal_size` is 1 GiB, and may be exceeded.
 */
export const maxWal = { sqlite: 768 * 2 ** 20, postgres: 2 * 2 ** 30 }

export function fifthsOf(samples: Sample[]): { second: Sample[]; last: Sample[] } {
  const at = (share: number) => Math.floor(samples.length * share)
  return { second: samples.slice(at(0.2), at(0.4)), last: samples.slice(at(0.8)) }
}

export function judge(samples: Sample[], { maxWalBytes }: { maxWalBytes: number }): Verdict[] {
  const { second, last } = fifthsOf(samples)
  const medians = (of: (sample: Sample) => number) => [median(second.map(of)), median(last.map(of))] as const
  const latency = (what: string, of: (sample: Sample) => number, most: number): Verdict => {
    const [before, after] = medians(of)
    // Without calls, nothing is proven.
    const met = before > 0 && after > 0 && (after <= before * most || after - before <= noiseMs)
    return { met, sentence: `${what}: ${ms(before)}, then ${ms(after)} (${ratio(after, before)}, at most ${most}).` }
  }
  const memory = medians(sample => sample.ownBytes)
  const wal = samples.reduce((longest, sample) => Math.max(longest, sample.walBytes), 0)
  const perClaim = [bytesPerClaim(second), bytesPerClaim(last)] as const
  return [
    {
      met: memory[1] <= memory[0] * maxMemory,
      sentence: `The service's own memory: ${mib(memory[0])}, then ${mib(memory[1])} (${ratio(memory[1], memory[0])}, at most ${maxMemory}).`,
    },
    latency('p99 of batches', sample => sample.batches.p99, maxLatency),
    latency('p99 of lookups', sample => sample.lookups.p99, maxFewCallsLatency),
    latency("p99 of the console's reads", sample => sample.reads.p99, maxFewCallsLatency),
    {
      met: wal <= maxWalBytes,
      sentence: `The write-ahead log was ${mib(wal)} at its longest (at most ${mib(maxWalBytes)}).`,
    },
    {
      met: perClaim[1] <= perClaim[0] * maxPerClaim,
      sentence: `The database grew by ${perClaim[0].toFixed(0)} bytes for each ID given, then by ${perClaim[1].toFixed(0)} (${ratio(perClaim[1], perClaim[0])}, at most ${maxPerClaim}).`,
    },
  ]
}

function bytesPerClaim(samples: Sample[]): number {
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined) return 0
  return (last.databaseBytes - first.databaseBytes) / Math.max(1, last.claims - first.claims)
}

export function mib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`
}

function ratio(after: number, before: number): string {
  return `× ${(after / before).toFixed(2)}`
}
