/** The soak's main loop: everything that a site does runs concurrently, and a sample is taken each second. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sendBatchesSteadily } from './batches.ts'
import { auditNowAndThen, readTheConsole } from './console-reads.ts'
import { watchFiles } from './files.ts'
import { Latencies } from './latencies.ts'
import { lookUpLinks } from './lookups.ts'
import { type Rotated, rotateNowAndThen } from './rotations.ts'
import { type Sample, takeSample } from './sample.ts'
import type { Site } from './site.ts'

/** Samples between two lines on the terminal. */
const samplesPerLine = 5

export interface Soaking {
  service: { url: string; pid: number }
  site: Site
  database: string
  /** Batches. */
  perSecond: number
  seconds: number
  /** Ends it early. */
  ends: AbortSignal
  say: (line: string) => void
}

export interface Soaked {
  samples: Sample[]
  rotated: Rotated
  /** The last acknowledged ID of each room, by e-mail. */
  acknowledged: Map<string, string>
  /** How many IDs were acknowledged in all. */
  claims: number
}

export async function soak({ service, site, database, perSecond, seconds, ends, say }: Soaking): Promise<Soaked> {
  const latencies = {
    batches: new Latencies(),
    lookups: new Latencies(),
    reads: new Latencies(),
    audits: new Latencies(),
  }
  const rotated: Rotated = { rotations: 0, undone: 0, changes: 0, ids: new Map() }
  const files = await watchFiles(database)
  const batches = await sendBatchesSteadily(service.url, perSecond, site, latencies.batches)
  const over = new AbortController()
  const day = Promise.all([
    lookUpLinks(site, latencies.lookups, over.signal),
    readTheConsole(site, latencies.reads, over.signal),
    auditNowAndThen(site, latencies.audits, over.signal),
    rotateNowAndThen(site, rotated, over.signal),
  ])

  const claims = () => batches.claims() + rotated.changes
  const samples: Sample[] = []
  const started = performance.now()
  for (let second = 1; second <= seconds && !ends.aborted; second += 1) {
    const untilDue = started + second * 1000 - performance.now()
    await sleep(Math.max(0, untilDue), undefined, { signal: ends }).catch(() => undefined)
    const sample = await takeSample((performance.now() - started) / 1000, {
      pid: service.pid,
      site,
      files,
      latencies,
      claims,
    })
    samples.push(sample)
    if (second % samplesPerLine === 0) say(inWords(sample, rotated))
  }
  over.abort()
  await day
  const ids = await batches.end()
  await files.close()
  return { samples, rotated, acknowledged: new Map([...ids, ...rotated.ids]), claims: claims() }
}

function inWords(
  { second, batches, lookups, reads, ownBytes, walBytes, databaseBytes, unexpected }: Sample,
  rotated: Rotated,
) {
  const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(0)
  const ms = (value: number) => value.toFixed(1)
  return [
    `${Math.round(second)} s`,
    `batches ${ms(batches.p50)} / ${ms(batches.p99)} / ${ms(batches.worst)} ms`,
    `lookups ${ms(lookups.p99)}`,
    `reads ${ms(reads.p99)}`,
    `memory ${mib(ownBytes)} MiB`,
    `log ${mib(walBytes)}`,
    `file ${mib(databaseBytes)}`,
    `${rotated.rotations} rotations`,
    `${unexpected} unexpected`,
  ].join(', ')
}
