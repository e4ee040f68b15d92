import { Option } from '@commander-js/extra-typings'
import type { Command } from '../command.ts'
import { wholeNumber } from '../options/options.ts'
import { paceOptions } from '../options/pace-options.ts'
import { rotationOptions } from '../options/rotation-options.ts'

function runLike(name: 'run' | 'resume', description: string): Command {
  return {
    name,
    description,
    setUp(command) {
      const described = rotationOptions(command)
        .option('--workers <n>', 'how many calls may run concurrently', wholeNumber(1, 64), 4)
        .addOption(
          new Option('--stop-at-refused <percent>', 'stop when this percentage of rooms is refused')
            .argParser(wholeNumber(1, 100))
            .default(20),
        )
        .option('--pause-after-canary', 'stop after the canary, so that you can look')
        .option('--json', 'print JSON')
        .action(async (rotation, options) => (await import('./run-rotation.ts')).runCommand(rotation, name, options))
      paceOptions(described)
    },
  }
}

export const run = runLike('run', 'Carry out a plan')
export const resume = runLike('resume', 'Resume a stopped rotation')
