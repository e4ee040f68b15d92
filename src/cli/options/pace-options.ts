/** How a command calls its target, for every command that does. */
import { type CommandUnknownOpts, InvalidArgumentError, Option } from '@commander-js/extra-typings'
import { type Hours, readHours } from '../../rotations/target/hours.ts'
import { patient, type Restraint, usualRestraint } from '../../rotations/target/restraint.ts'

export interface PaceOptions {
  share?: number | undefined
  callsPerSecond?: number | undefined
  between?: Hours | undefined
  wait?: true | undefined
}

export function paceOptions(command: CommandUnknownOpts): void {
  command
    .addOption(
      new Option('--share <percent>', 'use only this share of the pace that the target is found to allow').argParser(
        share,
      ),
    )
    .addOption(
      new Option('--calls-per-second <n>', 'never call the target more often than that, e.g. 2 or 0.5').argParser(
        callsPerSecond,
      ),
    )
    .addOption(
      new Option(
        '--between <times>',
        'call the target only at these times of day, e.g. 20:00-06:00, or "20:00-06:00 Europe/Berlin"',
      ).argParser(hours),
    )
    .option('--wait', 'wait for as long as the target asks, be it days; otherwise stop at more than an hour')
}

export function restraintOf({ share, callsPerSecond, between, wait }: PaceOptions): Restraint {
  return {
    ...usualRestraint,
    ...(wait && patient),
    ...(share !== undefined && { share }),
    ...(callsPerSecond !== undefined && { callsPerSecond }),
    ...(between !== undefined && { hours: between }),
  }
}

/** `50%`, as a part of 1. */
function share(word: string): number {
  const percent = /^\d+(\.\d+)?%?$/.test(word) ? Number.parseFloat(word) : 0
  if (percent <= 0 || percent > 100) throw new InvalidArgumentError('Give a share above 0% and up to 100%, e.g. 50%.')
  return percent / 100
}

function callsPerSecond(word: string): number {
  const calls = /^\d+(\.\d+)?$/.test(word) ? Number(word) : 0
  if (calls < 0.001 || calls > 1000) throw new InvalidArgumentError('Give a number from 0.001 to 1000, e.g. 2 or 0.5.')
  return calls
}

function hours(word: string): Hours {
  const between = readHours(word)
  if (between === undefined)
    throw new InvalidArgumentError('Give two times of day, e.g. 20:00-06:00, perhaps with a time zone after them.')
  return between
}
