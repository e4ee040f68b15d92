/** The messages that the runbook explains are the ones that the program gives. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = new URL('../../', import.meta.url).pathname
const runbook = readFileSync(join(root, 'docs/runbook.md'), 'utf8')
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => readFileSync(join(root, 'src', file), 'utf8'))
  .join('\n')

const quoted = [...runbook.matchAll(/^\| `([^`]+)` \|/gm)].map(([, message]) => message!).filter(isSentence)

/** A message, and not the name of a metric or a call. */
function isSentence(text: string): boolean {
  return /^[A-Z…].* .*[a-z]/.test(text) && !text.startsWith('GET ')
}

/** The parts of a message between what differs from case to case and between its clauses. */
function parts(message: string): string[] {
  return message
    .split(/…|\b(?:N|PATH|NAME|HOST)\b|[.:;,()]\s?/)
    .map(part => part.trim())
    .filter(part => part.length > 3)
}

it('quotes messages', () => {
  expect(quoted.length).toBeGreaterThan(15)
})

it.each(quoted)('%s', message => {
  expect(parts(message).filter(part => !sources.includes(part))).toEqual([])
})
