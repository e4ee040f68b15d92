/** An entry of the audit log in words: its subject and its details. */
import { Link } from 'wouter'
import type { ActAnswer } from '../../../src/wire/history.ts'
import type { Words } from '../language/en.ts'

const shownHashLength = 12
/** Details that the subject shows already, or that nobody reads. */
const hidden = ['personId', 'name', 'scopes', 'resource']

/** @param tokenNames the names of tokens by their IDs, where they are known. */
export function Subject({
  entry,
  tokenNames,
  words,
}: {
  entry: ActAnswer
  tokenNames: Map<string, string>
  words: Words
}) {
  const { action, subject, detail } = entry
  if (subject === null) return null
  if (action.startsWith('rotation.')) {
    return <Link href={`/rotations/${subject}`}>{words.rotations.named(Number(subject))}</Link>
  }
  if (action.startsWith('token.') || action.startsWith('webhook.')) {
    return <>{typeof detail.name === 'string' ? detail.name : (tokenNames.get(subject) ?? subject)}</>
  }
  return <>{subject}</>
}

export function detailInWords({ detail }: ActAnswer, words: Words): string {
  return Object.entries(detail)
    .filter(([name, value]) => value !== null && !hidden.includes(name))
    .map(([name, value]) => {
      const label = words.history.details[name as keyof Words['history']['details']] ?? name
      return `${label}: ${valueInWords(name, value, words)}`
    })
    .join(', ')
}

function valueInWords(name: string, value: unknown, words: Words): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (Array.isArray(value)) return value.join(' ')
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  switch (name) {
    case 'planHash':
      return text.slice(0, shownHashLength)
    case 'generationMethod':
    case 'method':
      return words.methods[text as keyof Words['methods']] ?? text
    case 'role':
      return words.roles[text as keyof Words['roles']] ?? text
    case 'end':
      return words.rotations.states[text as keyof Words['rotations']['states']] ?? text
    case 'event':
      return words.webhooks.events[text as keyof Words['webhooks']['events']] ?? text
    default:
      return text
  }
}
