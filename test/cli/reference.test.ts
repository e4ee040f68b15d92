/** Holds docs/reference.md against the program: commands and options, environment variables, exit codes. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exitCodes } from '#roomkey/errors.js'
import { roomkey } from '../../devtools/child-service.ts'
import { renderReference, writtenReference } from '../../scripts/reference.ts'

const reference = writtenReference()

/** What stands in the first column of the table under a heading. */
function firstColumn(heading: string): string[] {
  const section = reference.split(`## ${heading}\n`)[1]!.split('\n## ')[0]!
  const rows = section.split('\n').filter(line => line.startsWith('|'))
  return rows.slice(2).map(row => row.split('|')[1]!.replaceAll('`', '').trim())
}

/** The environment variables that the sources read: by name, through an option, or by a name in a variable. */
function variablesRead(): string[] {
  const folder = new URL('../../src/', import.meta.url).pathname
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => readFileSync(join(folder, file), 'utf8'))
  const patterns = [/process\.env\.([A-Z_]+)/g, /\.env\(\s*'([A-Z_]+)'/g, /'((?:ROOMKEY|WEBEX)_[A-Z_]+)'/g]
  const destructured = sources.flatMap(text => [...text.matchAll(/\{([^{}]*)\} = process\.env/g)])
  return [
    ...new Set([
      ...sources.flatMap(text => patterns.flatMap(pattern => [...text.matchAll(pattern)].map(([, name]) => name!))),
      ...destructured.flatMap(([, names]) => names!.split(',').map(name => name.trim())),
    ]),
  ]
}

it('has every command, argument and option as the program has it, and no other; npm run reference writes it', async () => {
  expect(reference).toBe(await renderReference())
})

it('names the commands that roomkey --help lists', async () => {
  const { stdout } = await roomkey(['--help'])
  const listed = [...stdout.split('Commands:')[1]!.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name)
  const documented = [...reference.matchAll(/^### roomkey (\w+)$/gm)].map(([, name]) => name)
  expect(documented).toEqual(listed.filter(name => name !== 'help'))
})

it('has every environment variable that the program reads, and no other', () => {
  expect(firstColumn('Environment variables').sort()).toEqual(variablesRead().sort())
})

it('has every exit code, and no other', () => {
  expect(firstColumn('Exit codes').map(Number)).toEqual(Object.values(exitCodes))
})
