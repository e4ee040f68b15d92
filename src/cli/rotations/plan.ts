import type { Command } from '../command.ts'
import { databaseOption, dataOption } from '../options/data-options.ts'
import { duration, siteArgument, targetArgument, wholeNumber } from '../options/options.ts'
import { paceOptions } from '../options/pace-options.ts'

export const plan: Command = {
  name: 'plan',
  description: 'Plan new IDs for many rooms; changes nothing',
  setUp(command) {
    const described = command
      .requiredOption('--site <url>', 'the site, e.g. example.webex.com', siteArgument)
      .option(
        '--target <url>',
        'webex, or the URL of a service (default: what the site mirrors, else the service on this machine)',
        targetArgument,
      )
      .option('--people <file>', 'only the people in this CSV (email or personId, and personalMeetingRoomId)')
      .option('--department <name>', 'only this department')
      .option('--guessable', 'only rooms whose ID can be found within a million guesses')
      .option('--older-than <days>', 'only rooms whose ID is older than that', wholeNumber(0, 100_000))
      .option('--pinned-too', 'include pinned rooms, which are left out otherwise')
      .option('--leave-out <file>', 'a CSV of people (email or personId) whose rooms keep their IDs')
      .option('--allow-unmatched', 'plan even if these files name people who are not on the site')
      .option('--encoding <name>', 'encoding of a CSV that is neither UTF-8 nor UTF-16, e.g. windows-1252')
      .option(
        '--ids <source>',
        "random, words, system (the site's own rule), csv, or a template such as {last}-{random:13}",
        'random',
      )
      .option('--bits <n>', 'strength of random IDs and words, in bits', wholeNumber(20, 256), 60)
      .option('--prefix <text>', 'text before random IDs', '')
      .option('--canary <n>', 'number of rooms that go first and are read back; 0 for none', wholeNumber(0, 100), 10)
      .option(
        '--fresh <time>',
        'rooms that were read longer ago are read again, before the plan rests on them and before they are sent, e.g. 30m, 1h or 0',
        duration,
        3_600_000,
      )
      .option('--overwrite-changed', 'change rooms that have another ID by then, too; they are held otherwise')
      .option('--profile <file>', 'rely on what roomkey probe has found out about the target')
      .option('--freeze', 'switch off self-service during the run, so that hosts cannot change their own links')
      .option('--out <file>', 'CSV file to write the plan to (default: rotation-N.csv)')
      .addOption(dataOption())
      .addOption(databaseOption())
      .option('--json', 'print JSON')
      .action(async options => (await import('./run-plan.ts')).runPlan(options))
    paceOptions(described)
  },
}
