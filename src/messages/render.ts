/** Messages in English: for a terminal, a report, a log, and beside the code in an answer of the API. */
import { english } from './english/english.ts'
import type { MessageOrText, Param } from './message.ts'
import { integer } from './numbers.ts'

type Wording = string | ((params: never) => string)

export function render(words: MessageOrText): string {
  if (typeof words === 'string') return words
  const { code, params } = words
  const wording: Wording | undefined = Object.hasOwn(english, code) ? english[code] : undefined
  if (wording === undefined) return `Message ${code} of another version of Roomkey.`
  const given = Object.fromEntries(Object.entries(params).map(([name, param]) => [name, renderParam(param)]))
  if (typeof wording === 'function') return wording(given as never)
  return wording.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = given[name] ?? ''
    return typeof value === 'number' ? integer(value) : value
  })
}

/** `Array.isArray` does not know read-only ones. */
function isList(param: Param): param is readonly MessageOrText[] {
  return Array.isArray(param)
}

function renderParam(param: Param): string | number {
  if (typeof param === 'number') return param
  return isList(param) ? param.map(render).join(', ') : render(param)
}
