/** Says a sentence by its code, and tells the code of one that was said. */
import { type SentenceCode, sentences } from './messages.ts'

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `{${infer Inner}` ? Inner : Name) | Names<Rest>
  : never

/** What has to be filled into a sentence. */
export type ValuesOf<Code extends SentenceCode> = Record<Names<(typeof sentences)[Code]>, string | number>

type Filling<Code extends SentenceCode> = Names<(typeof sentences)[Code]> extends never ? [] : [values: ValuesOf<Code>]

/** The sentence in English, as it is stored, reported and answered. */
export function say<Code extends SentenceCode>(code: Code, ...[values]: Filling<Code>): string {
  const filling: Record<string, string | number> = values ?? {}
  return sentences[code].replace(field, (_, name: string) => String(filling[name]))
}

export interface Said {
  code: SentenceCode
  /** What was filled in. Where that is a sentence of its own, `<name>Code` has its code. */
  values: Record<string, string>
}

/**
 * The code of a sentence, or null for words from elsewhere, such as a target's own. What is stored and hashed is the
 * sentence, so its code is read back by the table that made it.
 */
export function readSentence(text: string): Said | null {
  const whole = fixed.get(text)
  if (whole !== undefined) return { code: whole, values: {} }
  for (const { code, names, pattern } of filled) {
    const found = pattern.exec(text)
    if (found === null) continue
    const values: Record<string, string> = {}
    names.forEach((name, index) => {
      const value = found[index + 1]!
      values[name] = value
      const inner = fixed.get(value)
      if (inner !== undefined) values[`${name}Code`] = inner
    })
    return { code, values }
  }
  return null
}

const field = /\{(\w+)\}/g

const all = Object.entries(sentences) as [SentenceCode, string][]
const fixed = new Map(all.filter(([, text]) => !hasFields(text)).map(([code, text]) => [text, code]))
const filled = all
  .filter(([, text]) => hasFields(text))
  .map(([code, text]) => ({
    code,
    names: [...text.matchAll(field)].map(([, name]) => name!),
    pattern: new RegExp(`^${text.split(field).map(asPattern).join('')}$`, 's'),
  }))
  // What begins with a value could begin with anything: it is looked for last.
  .sort((a, b) => Number(startsOpen(a.pattern)) - Number(startsOpen(b.pattern)))

function hasFields(text: string): boolean {
  return text.search(field) !== -1
}

/** Splitting by a pattern with a group leaves words and names in turn. */
function asPattern(part: string, index: number): string {
  return index % 2 === 1 ? '(.+?)' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function startsOpen({ source }: RegExp): boolean {
  return source.startsWith('^(')
}
