import { Option } from '@commander-js/extra-typings'
import { generationMethods } from '../../rooms/id-rule.ts'
import type { Command } from '../command.ts'
import { storeOptions } from '../options/local-store.ts'
import { siteArgument, wholeNumber } from '../options/options.ts'

export const sites: Command = {
  name: 'sites',
  description: 'List, add and change sites and their ID rules',
  setUp(command) {
    const list = command.command('list').description('List the sites').option('--json', 'print JSON')
    storeOptions(list)
    list.action(async options => (await import('./run-sites.ts')).listSites(options))

    const add = command
      .command('add')
      .description('Add a site')
      .argument('<url>', 'its host name, e.g. example.webex.com', siteArgument)
      .addOption(
        new Option('--method <method>', 'how new IDs are made').choices(generationMethods).default('random' as const),
      )
      .option('--prefix <letters>', 'text before numbers and random characters', 'pr')
      .option('--length <n>', 'number of random characters after the prefix', wholeNumber(8, 40), 12)
      .option('--quarantine <days>', 'how long a freed ID stays reserved', wholeNumber(0, 3650), 30)
    storeOptions(add)
    add.action(async (url, options) => (await import('./run-sites.ts')).addSite(url, options))

    const set = command
      .command('set')
      .description("Change a site's rules; nobody's current ID changes")
      .argument('<url>', 'its host name', siteArgument)
      .addOption(new Option('--method <method>', 'how new IDs are made').choices(generationMethods))
      .option('--prefix <letters>', 'text before numbers and random characters')
      .option('--length <n>', 'number of random characters after the prefix', wholeNumber(8, 40))
      .option('--quarantine <days>', 'how long a freed ID stays reserved', wholeNumber(0, 3650))
      .option('--minimum-strength <bits>', 'minimum strength of an ID that a host chooses', wholeNumber(0, 128))
      .addOption(new Option('--custom-ids <on|off>', 'whether hosts may choose their own IDs').choices(['on', 'off']))
      .addOption(
        new Option('--moved-page <on|off>', 'whether dead links say that the room may have moved').choices([
          'on',
          'off',
        ]),
      )
      .addOption(
        new Option('--approval <on|off>', 'whether a second administrator must approve rotations').choices([
          'on',
          'off',
        ]),
      )
    storeOptions(set)
    set.action(async (url, options) => (await import('./run-sites.ts')).setSite(url, options))
  },
}
