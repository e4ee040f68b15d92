import type { Command } from '../command.ts'
import { wholeNumber } from '../options/options.ts'
import { rotationOptions } from '../options/rotation-options.ts'

export const rehearse: Command = {
  name: 'rehearse',
  description: 'Run a plan against a copy of the site in memory, and report what would happen',
  setUp(command) {
    rotationOptions(command)
      .option('--faults <file>', 'inject the faults of this script')
      .option('--speed <n>', 'how many times faster time passes', wholeNumber(1, 3600), 60)
      .option('--workers <n>', 'how many calls may run concurrently', wholeNumber(1, 64), 4)
      .option('--json', 'print JSON')
      .action(async (rotation, options) => (await import('./run-rehearsal.ts')).runRehearsal(rotation, options))
  },
}
