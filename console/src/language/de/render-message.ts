/** Sagt, was der Dienst auf Englisch sagt, auf Deutsch: nach dem Code, nie nach den Worten. */
import type { Message, Param } from '../../../../src/messages/message.ts'
import { messages, zahl } from './messages.ts'

type Wording = string | ((params: never) => string)

const states: Record<string, string> = {
  planning: 'wird geplant',
  planned: 'geplant',
  running: 'läuft',
  stopped: 'angehalten',
  finished: 'fertig',
}

/** Die Meldung auf Deutsch; null, wo es sie nicht gibt: fremde Worte, oder ein Code einer anderen Fassung. */
export function renderInGerman(message: Message | null): string | null {
  if (message === null) return null
  const { code, params } = message
  const wording: Wording | undefined = Object.hasOwn(messages, code) ? messages[code] : undefined
  if (wording === undefined) return null
  const given = Object.fromEntries(Object.entries(params).map(([name, param]) => [name, renderParam(name, param)]))
  if (typeof wording === 'function') return wording(given as never)
  return wording.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = given[name] ?? ''
    return typeof value === 'number' ? zahl(value) : value
  })
}

function renderParam(name: string, param: Param): string | number {
  if (typeof param === 'number') return param
  if (typeof param === 'string') return name === 'state' ? (states[param] ?? param) : param
  if (isList(param)) return param.map(one => renderParam('', one)).join(', ')
  return renderInGerman(param) ?? param.code
}

/** `Array.isArray` kennt keine, die man nur lesen darf. */
function isList(param: Param): param is Extract<Param, readonly unknown[]> {
  return Array.isArray(param)
}
