/** Sagt, was der Dienst auf Englisch sagt, auf Deutsch: nach dem Code, nie nach den Worten. */
import type { Said } from '../../../src/wire/said.ts'
import { sentences } from './sentences-de.ts'

const states: Record<string, string> = {
  planning: 'wird geplant',
  planned: 'geplant',
  running: 'läuft',
  stopped: 'angehalten',
  finished: 'fertig',
}

/** Der Satz auf Deutsch, oder null, wenn er keinen Code hat. */
export function sayInGerman(said: Said | null): string | null {
  const template = said === null ? undefined : (sentences as Record<string, string>)[said.code]
  if (said === null || template === undefined) return null
  return template.replace(/\{(\w+)\}/g, (_, name: string) => fillingOf(said, name))
}

function fillingOf({ values }: Said, name: string): string {
  const inner = values[`${name}Code`]
  const text = values[name] ?? ''
  if (inner !== undefined) return sayInGerman({ code: inner, values: {} }) ?? text
  if (name === 'state') return states[text] ?? text
  // Zahlen kommen englisch gegliedert.
  return /^\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(',', '.') : text
}
