/** An administrative act in words: what it was about, and what was asked for. */
import { Link } from 'wouter'
import type { ActAnswer } from '../../../src/wire/history.ts'
import type { Words } from '../language/en.ts'

const shownOfHash = 12
/** What the subject says already, or nobody reads. */
const unsaid = ['personId', 'name', 'scopes', 'resource']

/** @param tokenNames the names of tokens by their IDs, where they are known. */
export function Subject({ act, tokenNames, words }: { act: ActAnswer; tokenNames: Map<string, string>; words: Words }) {
  const { action, subject, detail } = act
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
    .filter(([name, value]) => value !== null && !unsaid.includes(name))
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
      return text.slice(0, shownOfHash)
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
