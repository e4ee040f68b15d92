import type { Command as CommanderCommand } from '@commander-js/extra-typings'

/** One command of the command line: its name, and how it registers itself with the program. */
export interface Command {
  name: string
  description: string
  /** Adds arguments, options and the action. */
  setUp(command: CommanderCommand): void
}
