import { Option } from '@commander-js/extra-typings'
import type { Command } from './command.ts'
import { dataOption } from './options/data-options.ts'
import { duration, siteArgument, targetArgument, wholeNumber } from './options/options.ts'

export const probe: Command = {
  name: 'probe',
  description: 'Ask a sandbox of Webex what its documentation leaves open, with three test rooms',
  setUp(command) {
    command
      .option('--site <url>', 'the site of the test rooms', siteArgument)
      .option('--people <emails>', 'three people of that site, separated by commas, whose rooms change for a while')
      .option('--target <url>', 'webex, or the URL of a service', targetArgument, 'webex')
      .option('--out <file>', 'where the answers go', 'webex-profile.json')
      .addOption(
        new Option('--patience <time>', 'how long to wait for a reading to show a change')
          .argParser(duration)
          .default(40 * 60_000, '40m'),
      )
      .option(
        '--burst <n>',
        'readings to make at once, to see how the target asks to slow down',
        wholeNumber(0, 1000),
        100,
      )
      .option('--restore', 'only put back what a probe that was killed has changed')
      .option('--yes', 'do not ask before it starts')
      .addOption(dataOption())
      .option('--json', 'print JSON')
      .action(async options => (await import('./run-probe.ts')).runProbe(options))
  },
}
