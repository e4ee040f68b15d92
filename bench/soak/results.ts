/** The results of a soak, as files and on the terminal. */
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { downsample } from './downsample.ts'
import type { Verdict } from './judge.ts'
import { engineNames, type SoakOptions } from './options.ts'
import { savePicture } from './picture.ts'
import { drawPlot } from './plot.ts'
import type { Soaked } from './soak-service.ts'

export interface SoakResults extends Soaked {
  options: SoakOptions
  batchesPerSecond: { capacity: number; capacityAfter: number; sent: number }
  /** How often each unexpected answer came. */
  unexpected: Map<string, number>
  verdicts: Verdict[]
}

/** Writes soak.json and soak.svg, and soak.png where there is a browser. */
export async function writeResults(results: SoakResults, say: (line: string) => void): Promise<void> {
  const { options, batchesPerSecond, samples, claims, rotated, unexpected, verdicts } = results
  const figures = {
    machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
    engine: engineNames[options.database],
    rooms: options.rooms,
    idsEach: options.idsEach,
    minutes: minutesOf(results),
    batchesPerSecond,
    idsGiven: claims,
    rotations: rotated.rotations,
    rotationsUndone: rotated.undone,
    unexpected: Object.fromEntries(unexpected),
  }
  const plot = drawPlot({ title: titleOf(results), samples, verdicts })
  await mkdir(options.out, { recursive: true })
  const at = (name: string) => join(options.out, name)
  await writeFile(
    at('soak.json'),
    `${JSON.stringify({ ...figures, verdicts, samples: downsample(samples) }, null, 2)}\n`,
  )
  await writeFile(at('soak.svg'), plot)
  const drawn = await savePicture(plot, at('soak.png'))
  say(`${at('soak.json')} and soak.svg${drawn ? ' and soak.png' : ''} have the metrics.`)
}

export function tellResults(results: SoakResults, say: (line: string) => void): void {
  const { batchesPerSecond, claims, rotated, unexpected, verdicts } = results
  const { capacity, capacityAfter, sent } = batchesPerSecond
  const percent = (limit: number) => `${((sent / limit) * 100).toFixed(0)}% of the ${limit.toFixed(0)}`
  say(
    `\n${titleOf(results)}, ${claims.toLocaleString('en')} IDs, ${rotated.rotations} rotations, ${rotated.undone} of them undone`,
  )
  say(`The load was ${percent(capacity)} of its capacity before, and ${percent(capacityAfter)} of its capacity now.`)
  for (const [what, times] of unexpected) say(`  ${times} × ${what}`)
  for (const { met, sentence } of verdicts) say(`${met ? 'kept  ' : 'MISSED'}  ${sentence}`)
}

function titleOf(results: SoakResults): string {
  const { options, batchesPerSecond } = results
  const site = `${engineNames[options.database]}, ${options.rooms.toLocaleString('en')} rooms`
  return `${site}: ${minutesOf(results).toFixed(1)} minutes at ${batchesPerSecond.sent} batches a second`
}

function minutesOf({ samples }: SoakResults): number {
  return (samples.at(-1)?.second ?? 0) / 60
}
