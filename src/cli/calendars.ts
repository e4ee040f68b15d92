import type { Command } from './command.ts'
import { databaseOption, dataOption } from './options/data-options.ts'
import { siteArgument } from './options/options.ts'

export const calendars: Command = {
  name: 'calendars',
  description: 'Find the old links of rooms in calendars and mails, and write updated invitations',
  setUp(command) {
    command
      .argument('<paths...>', 'files or folders: .ics, .eml, mbox, .csv, and JSON of Microsoft Graph’s calendarView')
      .option('--rotation <n>', 'the old and new links are those of this rotation')
      .option('--links <file>', 'or those of this CSV, with the columns oldLink and newLink: a report has them')
      .option('--site <url>', 'the site, if several have a rotation of that number', siteArgument)
      .option('--rewrite <folder>', 'write updated invitations to this folder, for their organisers to send')
      .option('--past', 'also what is over')
      .option('--out <file>', 'write a CSV, one event a row; - for standard output')
      .option('--json', 'print JSON, one event a line')
      .addOption(dataOption())
      .addOption(databaseOption())
      .action(async (paths, options) => (await import('./run-calendars.ts')).findOldLinks(paths, options))
  },
}
