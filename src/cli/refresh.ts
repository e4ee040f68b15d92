import type { Command } from './command.ts'
import { targetArgument } from './options/options.ts'

export const refresh: Command = {
  name: 'refresh',
  description: 'Give people new personal meeting room IDs, from JSON or CSV',
  setUp(command) {
    command
      .argument(
        '<file>',
        'JSON as the operation takes it, or CSV with email or personId, and personalMeetingRoomId where it is not to be generated; - for standard input',
      )
      .option('--site <url>', 'the site; needed for CSV')
      .option('--target <url>', 'webex, or the URL of a service (default: the one on this machine)', targetArgument)
      .option('--data <folder>', 'data folder of the service on this machine')
      .option('--dry-run', 'check the input and show what would be sent')
      .option('--json', 'print JSON')
      .action(async (file, options) => (await import('./run-refresh.ts')).runRefresh(file, options))
  },
}
