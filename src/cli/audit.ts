import type { Command } from './command.ts'
import { storeOptions } from './options/local-store.ts'
import { siteArgument, targetArgument } from './options/options.ts'
import { paceOptions } from './options/pace-options.ts'

export const audit: Command = {
  name: 'audit',
  description: "Report how guessable today's room IDs are; changes nothing and sends nothing",
  setUp(command) {
    const described = command
      .argument(
        '[file]',
        'CSV of people and their links or IDs; - for standard input (default: the rooms in the database)',
      )
      .option('--encoding <name>', 'encoding of a CSV that is neither UTF-8 nor UTF-16, e.g. windows-1252')
      .option('--site <url>', 'the site (default: the only one)', siteArgument)
      .option('--target <url>', 'read the rooms of --site from webex or a service instead', targetArgument)
      .option('--report <file>', 'write a printable page to this file, e.g. audit.html')
      .option('--csv <file>', 'write every room and its cost to this CSV file')
      .option('--compare <file>', 'compare with an earlier audit, written with --json')
      .option('--json', 'print JSON')
      .action(async (file, options) => (await import('./run-audit.ts')).runAudit(file, options))
    storeOptions(described)
    paceOptions(described)
  },
}
