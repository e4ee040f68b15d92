import { type Command as CommanderCommand, Option } from '@commander-js/extra-typings'

/** What every command about one rotation takes. */
export function rotationOptions(command: CommanderCommand) {
  return command
    .argument('<rotation>', 'its number, or the beginning of its hash')
    .option('--site <url>', 'the site, where several have a rotation of that number')
    .option('--data <folder>', 'data folder of this machine')
    .addOption(new Option('--database <url>', 'where rotations are kept').env('DATABASE_URL'))
}

export interface RotationOptions {
  site?: string | undefined
  data?: string | undefined
  database?: string | undefined
}
