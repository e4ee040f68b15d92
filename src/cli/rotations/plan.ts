import { Option } from '@commander-js/extra-typings'
import type { Command } from '../command.ts'
import { targetArgument, wholeNumber } from '../options/options.ts'

export const plan: Command = {
  name: 'plan',
  description: 'Plan new IDs for many rooms; changes nothing',
  setUp(command) {
    command
      .requiredOption('--site <url>', 'the site, e.g. example.webex.com')
      .option('--target <url>', 'webex, or the URL of a service (default: the one on this machine)', targetArgument)
      .option('--people <file>', 'only the people in this CSV (email or personId, and personalMeetingRoomId)')
      .option('--department <name>', 'only this department')
      .option('--guessable', 'only rooms whose ID is found within a million guesses')
      .option('--older-than <days>', 'only rooms whose ID is older', wholeNumber(0, 100_000))
      .option('--pinned-too', 'pinned rooms as well, which are otherwise left out')
      .option('--leave-out <file>', 'a CSV of people (email or personId) whose rooms stay as they are')
      .option(
        '--ids <source>',
        'random, words, system (by the rule of the site), csv, or a template such as {last}-{random:13}',
        'random',
      )
      .option('--bits <n>', 'how hard random IDs and words are to guess, in bits', wholeNumber(20, 256), 60)
      .option('--prefix <text>', 'what stands before random IDs', '')
      .option('--canary <n>', 'rooms that go first, alone, and are read back; 0 for none', wholeNumber(0, 100), 10)
      .option('--freeze', 'switch self-service off while it runs: hosts cannot change their own links')
      .option('--out <file>', 'where the plan goes as CSV (default: rotation-N.csv)')
      .option('--data <folder>', 'data folder of this machine')
      .addOption(new Option('--database <url>', 'where rotations are kept').env('DATABASE_URL'))
      .option('--json', 'print JSON')
      .action(async options => (await import('./run-plan.ts')).runPlan(options))
  },
}
