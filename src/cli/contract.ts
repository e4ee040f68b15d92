import type { Command } from './command.ts'
import { dataOption } from './options/data-options.ts'
import { targetArgument } from './options/options.ts'

export const contract: Command = {
  name: 'contract',
  description: 'Replay the examples of a published operation against a target, and compare the answers',
  setUp(command) {
    command
      .argument(
        '<file>',
        'JSON with operationId, method, path, requestExamples and responseExamples; - for standard input',
      )
      .option('--target <url>', 'webex, or the URL of a service (default: the one on this machine)', targetArgument)
      .addOption(dataOption())
      .option('--json', 'print JSON')
      .action(async (file, options) => (await import('./run-contract.ts')).runContract(file, options))
  },
}
