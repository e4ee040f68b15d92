/** Rehearses a plan in memory, and prints what would happen. */
import { exitCodes } from '../../errors.ts'
import { sandboxTarget } from '../../http/sandbox-target.ts'
import { buildServer } from '../../http/server.ts'
import { render } from '../../messages/render.ts'
import { type Rehearsed, rehearseWith } from '../../rotations/rehearsal/rehearse.ts'
import { rehearseRotation } from '../../rotations/use-cases/rehearse.ts'
import type { Rotation } from '../../store/rotations/rotations.ts'
import { readFaultsFile } from '../options/faults-file.ts'
import type { RotationOptions } from '../options/rotation-options.ts'
import { countsJson, endJson } from '../output/reasons.ts'
import { showRun } from '../output/show-progress.ts'
import { orThrow } from './refusals.ts'
import { requireRotation, withRotations } from './rotation-commands.ts'

export interface RehearsalOptions extends RotationOptions {
  faults?: string | undefined
  speed: number
  workers: number
  json?: true | undefined
}

export async function runRehearsal(name: string, options: RehearsalOptions): Promise<void> {
  const { speed, workers } = options
  const faults = options.faults === undefined ? {} : await readFaultsFile(options.faults)
  await withRotations(options, async context => {
    const rotation = await requireRotation(context, name, options.site)
    const progress = showRun()
    const how = { faults, speed, workers, onProgress: progress.report }
    const rehearsing = rehearseRotation(context, rotation, rehearseWith(sandboxTarget(buildServer)), how)
    printRehearsal(rotation, orThrow(await rehearsing.finally(progress.end), rotation.rotation), options)
  })
}

function printRehearsal(rotation: Rotation, rehearsed: Rehearsed, { json }: RehearsalOptions): void {
  const { end, minutes, calls, rooms, refused, verified } = rehearsed
  if (json) {
    const words = {
      rotation: rotation.rotation,
      ...endJson(end),
      minutes,
      calls,
      rooms,
      refused: countsJson(refused),
      verified,
    }
    process.stdout.write(`${JSON.stringify(words, null, 2)}\n`)
  } else {
    const lines = [
      `Rehearsed rotation ${rotation.rotation} of ${rotation.site_url} in memory; nothing was changed.`,
      `  ${end.end === 'finished' ? 'It ended' : `It stopped (${render(end.reason)})`} after ${calls} calls and ${minutes.toFixed(1)} minutes by its own clock.`,
      `  ${rooms.done} rooms got their new ID, ${rooms.refused} were refused, ${rooms.pending + rooms.unsure} were left.`,
      `  Read back: ${verified.changed} as planned, ${verified.notYetVisible} not yet visible, ${verified.wrongs} wrong.`,
      ...refused.slice(0, 10).map(({ reason, count }) => `  ${count} refused: ${render(reason)}`),
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
  }
  if (end.end === 'stopped') process.exitCode = exitCodes.stopped
  else if (rooms.refused > 0 || verified.wrongs > 0) process.exitCode = exitCodes.refusedItems
}
