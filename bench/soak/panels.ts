/** The panels of the plot, from top to bottom. */
import { median } from '../measure.ts'
import { fifthsOf } from './judge.ts'
import type { Panel } from './panel.ts'
import type { Sample } from './sample.ts'

const mib = 2 ** 20

export function panelsOf(samples: Sample[]): Panel[] {
  const { second, last } = fifthsOf(samples)
  const compared = (what: string, unit: string, of: (sample: Sample) => number) => {
    const [before, after] = [median(second.map(of)), median(last.map(of))]
    return `${what}: ${short(before)} ${unit}, then ${short(after)} ${unit}`
  }
  const line = (name: string, style: Panel['lines'][number]['style'], of: (sample: Sample) => number) => {
    return { name, style, values: samples.map(of) }
  }
  /** Without calls there is no latency to show. */
  const latency = (name: string, style: Panel['lines'][number]['style'], of: (sample: Sample) => number) => {
    return { name, style, values: samples.map(sample => of(sample) || null) }
  }
  return [
    {
      title: 'Batches of 100, from the moment they were due, last 10 s',
      unit: 'milliseconds',
      note: compared('p99', 'ms', sample => sample.batches.p99),
      logarithmic: true,
      lines: [
        latency('p50', 'first', sample => sample.batches.p50),
        latency('p99', 'second', sample => sample.batches.p99),
        latency('worst', 'third', sample => sample.batches.worst),
      ],
    },
    {
      title: 'Reads, last 10 s',
      unit: 'milliseconds',
      note: compared('p99 of lookups', 'ms', sample => sample.lookups.p99),
      logarithmic: true,
      lines: [
        latency('links, p99', 'first', sample => sample.lookups.p99),
        latency('console, p99', 'second', sample => sample.reads.p99),
        latency('whole audit', 'third', sample => sample.audits.worst),
      ],
    },
    {
      title: 'Memory of the service',
      unit: 'MiB',
      note: compared('own', 'MiB', sample => sample.ownBytes / mib),
      logarithmic: false,
      lines: [
        line('its own', 'first', sample => sample.ownBytes / mib),
        line('JavaScript heap', 'second', sample => sample.heapBytes / mib),
      ],
    },
    {
      title: 'Write-ahead log',
      unit: 'MiB',
      note: `at its longest: ${short(samples.reduce((most, { walBytes }) => Math.max(most, walBytes), 0) / mib)} MiB`,
      logarithmic: false,
      lines: [line('length', 'first', sample => sample.walBytes / mib)],
    },
    {
      title: 'Database file',
      unit: 'MiB',
      note: `for ${samples.at(-1)?.claims.toLocaleString('en') ?? 0} IDs given`,
      logarithmic: false,
      lines: [line('length', 'first', sample => sample.databaseBytes / mib)],
    },
  ]
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2)
}
