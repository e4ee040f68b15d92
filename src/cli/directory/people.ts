import type { Command } from '../command.ts'
import { storeOptions } from '../options/local-store.ts'

export const people: Command = {
  name: 'people',
  description: 'Import people from a directory’s CSV, or export them',
  setUp(command) {
    const importing = command
      .command('import')
      .description('Add the people of a CSV: from Control Hub, Entra, Okta, Google, or with columns of your own')
      .argument('<file>', 'CSV with a line of column names, in UTF-8 or UTF-16')
      .option('--site <url>', 'the site (default: the only one)')
      .option('--partial', 'add the people whose rows are right when others are wrong')
      .option('--dry-run', 'check everything and write nothing')
      .option('--json', 'print JSON')
    storeOptions(importing)
    importing.action(async (file, options) => (await import('./run-people.ts')).importFile(file, options))

    const exporting = command
      .command('export')
      .description('Write everybody on a site, with the IDs, as CSV')
      .argument('[file]', 'where to (default: standard output)', '-')
      .option('--site <url>', 'the site (default: the only one)')
    storeOptions(exporting)
    exporting.action(async (file, options) => (await import('./run-people.ts')).exportFile(file, options))
  },
}
