import type { Command } from '../command.ts'
import { wholeNumber } from '../options/options.ts'
import { rotationOptions } from '../options/rotation-options.ts'

export const rehearse: Command = {
  name: 'rehearse',
  description: 'Run a plan against a copy of the site in memory, and say what would happen',
  setUp(command) {
    rotationOptions(command)
      .option('--faults <file>', 'let the copy go wrong as this script says')
      .option('--speed <n>', 'how much faster than the clock time passes', wholeNumber(1, 3600), 60)
      .option('--workers <n>', 'how many calls may be under way', wholeNumber(1, 64), 4)
      .option('--json', 'print JSON')
      .action(async (rotation, options) => (await import('./run-rehearsal.ts')).runRehearsal(rotation, options))
  },
}
