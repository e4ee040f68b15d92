#!/usr/bin/env node
/** Runs the command. The one place that prints errors and chooses the exit code. */
import { CommanderError, Command as Program } from '@commander-js/extra-typings'
import type { Command } from './cli/command.ts'
import { commands } from './cli/commands.ts'
import { exitCodes, UserError } from './errors.ts'
import { render } from './messages/render.ts'
import { explainSystemFailure, notWritten } from './messages/system-failure.ts'
import { StoreDamaged, StoreError, StoreUnavailable } from './store/store-error.ts'
import { version } from './version.ts'

const program = new Program('roomkey')
  .description('Webex personal meeting room IDs: refresh them all, and audit how guessable they are.')
  .version(version)
  .showHelpAfterError('Try roomkey --help.')
  .exitOverride()

for (const { name, description, setUp } of await neededCommands(process.argv[2] ?? '')) {
  setUp(
    program
      .command(name)
      .description(description)
      .exitOverride()
      .showHelpAfterError(`Try roomkey ${name} --help.`) as never,
  )
}

// Whoever reads the output may have seen enough, as `head` has.
let readerIsGone = false
for (const output of [process.stdout, process.stderr]) {
  output.on('error', error => {
    if (isClosedPipe(error)) readerIsGone = true
    else process.exit(explain(notWritten(error, 'the output')))
  })
}
// What nobody waits for, such as a file that is written in the background.
process.on('uncaughtException', error => process.exit(explain(error)))

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = explain(error)
}

/** The named command, or all of them for help or an unknown name. */
async function neededCommands(word: string): Promise<Command[]> {
  const named = Object.hasOwn(commands, word) ? commands[word] : undefined
  return Promise.all(named === undefined ? Object.values(commands).map(load => load()) : [named()])
}

function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE'
}

function explain(error: unknown): number {
  if (readerIsGone && isClosedPipe(error)) return exitCodes.done
  // Commander has already printed what was wrong; asking for help or the version is not an error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
  if (error instanceof UserError) return say(error.message, error.exitCode)
  if (error instanceof StoreDamaged) return say(error.message, exitCodes.damaged)
  if (error instanceof StoreError || error instanceof StoreUnavailable) return say(error.message, exitCodes.usage)
  const failure = explainSystemFailure(error)
  if (failure !== undefined) return say(render(failure), exitCodes.usage)
  return say(`This is a bug in Roomkey: ${error instanceof Error ? error.stack : String(error)}`, exitCodes.bug)
}

function say(message: string, exitCode: number): number {
  process.stderr.write(`roomkey: ${message}\n`)
  return exitCode
}
