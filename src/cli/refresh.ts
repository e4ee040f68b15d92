import type { Command } from './command.ts'
import { dataOption } from './options/data-options.ts'
import { siteArgument, targetArgument } from './options/options.ts'

export const refresh: Command = {
  name: 'refresh',
  description: 'Give people new personal meeting room IDs from a JSON or CSV file',
  setUp(command) {
    command
      .argument(
        '<file>',
        'JSON body of the operation, or CSV with email or personId, and personalMeetingRoomId unless the site generates it; - for standard input',
      )
      .option('--site <url>', 'the site; required for CSV', siteArgument)
      .option('--encoding <name>', 'encoding of a CSV that is neither UTF-8 nor UTF-16, e.g. windows-1252')
      .option('--target <url>', 'webex, or the URL of a service (default: the one on this machine)', targetArgument)
      .addOption(dataOption())
      .option('--dry-run', 'check the input and print what would be sent')
      .option('--json', 'print JSON')
      .action(async (file, options) => (await import('./run-refresh.ts')).runRefresh(file, options))
  },
}
