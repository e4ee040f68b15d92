/**
 * The commands of docs/reference.md, with their arguments and options as the program itself knows them. `npm run
 * reference` writes them; a test fails when the document is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Argument, Command, type Option } from 'commander'
import { commands } from '#roomkey/cli/commands.js'

const file = fileURLToPath(new URL('../docs/reference.md', import.meta.url))
/** What stands above this line of the document is written by hand. */
const heading = '## Commands\n'

/** The document as it should be: its own upper part, and every command of the program below. */
export async function renderReference(): Promise<string> {
  const byHand = writtenReference().split(heading)[0]
  const intro = 'Written by `npm run reference` from the program itself. Every command also takes `--help`.\n'
  const all = (await allCommands()).map(renderCommand)
  return [byHand + heading, intro, ...all].join('\n')
}

export function writtenReference(): string {
  return readFileSync(file, 'utf8')
}

/** Every command that does something, in the order of `roomkey --help`, with the name under which it is called. */
async function allCommands(): Promise<{ name: string; command: Command }[]> {
  const all: { name: string; command: Command }[] = []
  for (const load of Object.values(commands)) {
    const { name, description, setUp } = await load()
    const command = new Command(name).description(description)
    setUp(command as never)
    all.push({ name, command }, ...command.commands.map(sub => ({ name: `${name} ${sub.name()}`, command: sub })))
  }
  return all
}

function renderCommand({ name, command }: { name: string; command: Command }): string {
  const subcommands = command.commands.map(sub => `\`${name} ${sub.name()}\``)
  return [
    `### roomkey ${name}\n`,
    `${command.description()}.\n`,
    ...(subcommands.length === 0 ? [] : [`Subcommands: ${subcommands.join(', ')}.\n`]),
    ...renderTable(
      ['argument', 'meaning'],
      command.registeredArguments.map(each => [code(argumentName(each)), describeArgument(each)]),
    ),
    ...renderTable(['option', 'default', 'environment', 'meaning'], command.options.map(optionCells)),
  ].join('\n')
}

function renderTable(head: string[], rows: string[][]): string[] {
  if (rows.length === 0) return []
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [`${[head, head.map(() => '---'), ...rows].map(line).join('\n')}\n`]
}

function argumentName(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`
}

function describeArgument({ description, defaultValue }: Argument): string {
  const otherwise = defaultValue === undefined ? '' : ` (default: ${code(String(defaultValue))})`
  return escapeCell(`${description}${otherwise}`)
}

function optionCells({ flags, defaultValue, defaultValueDescription, envVar, ...rest }: Option): string[] {
  const { description, argChoices, mandatory } = rest
  const value = defaultValue === undefined || defaultValue === '' ? '' : code(String(defaultValue))
  const choices = argChoices === undefined ? '' : `: ${argChoices.map(code).join(', ')}`
  return [
    code(escapeCell(flags)),
    mandatory ? 'required' : (defaultValueDescription ?? value),
    envVar === undefined ? '' : code(envVar),
    escapeCell(`${description}${choices}`),
  ]
}

function code(text: string): string {
  return `\`${text}\``
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, await renderReference())
