import type { Command as CommanderCommand } from '@commander-js/extra-typings'
import { databaseOption, dataOption } from './data-options.ts'
import { siteArgument } from './options.ts'

/** What every command about one rotation takes. */
export function rotationOptions(command: CommanderCommand) {
  return command
    .argument('<rotation>', 'its number, or the first characters of its hash')
    .option('--site <url>', 'the site, if several have a rotation of that number', siteArgument)
    .addOption(dataOption())
    .addOption(databaseOption())
}

export interface RotationOptions {
  site?: string | undefined
  data?: string | undefined
  database?: string | undefined
}
