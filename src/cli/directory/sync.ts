import type { Command } from '../command.ts'
import { databaseOption, dataOption } from '../options/data-options.ts'
import { siteArgument, targetArgument } from '../options/options.ts'
import { paceOptions } from '../options/pace-options.ts'

export const sync: Command = {
  name: 'sync',
  description: 'Read the people and rooms of a site of Webex, or of another service, into a mirror here',
  setUp(command) {
    const described = command
      .requiredOption('--site <url>', 'the site, e.g. example.webex.com', siteArgument)
      .option(
        '--target <url>',
        'webex, or the URL of a service (default: where it was read from before)',
        targetArgument,
      )
      .option('--once', 'read every room once and end; else go on until Ctrl-C')
      .option('--accept-shrink', 'believe a list of people that has lost more than 5% of them at once')
    paceOptions(described)
    described
      .addOption(dataOption())
      .addOption(databaseOption())
      .option('--json', 'print JSON')
      .action(async options => (await import('./run-sync.ts')).runSync(options))
  },
}
