import { InvalidArgumentError, Option } from '@commander-js/extra-typings'
import type { Command } from '../command.ts'
import { paceOptions } from '../options/pace-options.ts'
import { rotationOptions } from '../options/rotation-options.ts'

const maxDays = 730

export const meetings: Command = {
  name: 'meetings',
  description: 'List the meetings that carry the old links of a rotation, before it runs or after',
  setUp(command) {
    const described = rotationOptions(command)
      .addOption(new Option('--days <n>', 'how many days ahead meetings are asked for').argParser(days).default(365))
      .option('--again', 'read all hosts again, not only those whose meetings are not known yet')
      .option('--known', 'show what was read before, and call nobody')
      .option('--out <file>', 'write a CSV, one meeting a row; - for standard output')
      .option('--json', 'print JSON, one host a line')
      .action(async (name, options) => (await import('./run-meetings.ts')).listMeetings(name, options))
    paceOptions(described)
  },
}

function days(word: string): number {
  const count = /^\d{1,4}$/.test(word) ? Number(word) : 0
  if (count < 1 || count > maxDays) throw new InvalidArgumentError(`Give a number of days from 1 to ${maxDays}.`)
  return count
}
