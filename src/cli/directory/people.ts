import type { Command } from '../command.ts'
import { storeOptions } from '../options/local-store.ts'
import { siteArgument } from '../options/options.ts'

export const people: Command = {
  name: 'people',
  description: 'Import people from a CSV, or export them',
  setUp(command) {
    const importing = command
      .command('import')
      .description('Add the people in a CSV from Control Hub, Entra, Okta or Google, or one of your own')
      .argument('<file>', 'CSV with column names in its first line, in UTF-8 or UTF-16; - for standard input')
      .option('--encoding <name>', 'encoding of a CSV that is neither UTF-8 nor UTF-16, e.g. windows-1252')
      .option('--site <url>', 'the site (default: the only one)', siteArgument)
      .option('--partial', 'add the people in valid rows even if other rows are invalid')
      .option('--dry-run', 'check everything, write nothing')
      .option('--json', 'print JSON')
    storeOptions(importing)
    importing.action(async (file, options) => (await import('./run-people.ts')).importFile(file, options))

    const exporting = command
      .command('export')
      .description('Write everybody on a site with their IDs as CSV')
      .argument('[file]', 'where to write; - for standard output', '-')
      .option('--site <url>', 'the site (default: the only one)', siteArgument)
    storeOptions(exporting)
    exporting.action(async (file, options) => (await import('./run-people.ts')).exportFile(file, options))
  },
}
