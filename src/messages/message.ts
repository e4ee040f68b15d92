/** Messages as they are stored, journalled and sent: a code and what is filled in. No words: those are in english/. */
import type { english } from './english/english.ts'

type English = typeof english

export type MessageCode = keyof English

export interface Message<Code extends MessageCode = MessageCode> {
  code: Code
  params: Record<string, Param>
}

/** A message of ours, or somebody else's words, such as a target's reason: those are shown as they are. */
export type MessageOrText = Message | string

/** A number is counted or measured, and is grouped where it is shown; what is only named, such as a rotation, is a text. */
export type Param = number | MessageOrText | readonly MessageOrText[]

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `{${infer Inner}` ? Inner : Name) | Names<Rest>
  : never

/** What the wording of a message is given: numbers, and texts, in which messages inside it have been rendered. */
export type Rendered<Code extends MessageCode> = English[Code] extends (params: infer Params) => string
  ? Params
  : English[Code] extends string
    ? Record<Names<English[Code]>, string>
    : never

/** What a message needs. Where its wording is given a text, that may be a message of its own. */
export type ParamsOf<Code extends MessageCode> = English[Code] extends string
  ? Record<Names<English[Code]>, Param>
  : { [Name in keyof Rendered<Code>]: Rendered<Code>[Name] extends number ? number : Param }

/** A message in another language: as in English, or a text with the same fields. */
export type Wordings = { readonly [Code in MessageCode]: string | ((params: Rendered<Code>) => string) }

type Args<Code extends MessageCode> = keyof ParamsOf<Code> extends never ? [] : [params: ParamsOf<Code>]

export function message<Code extends MessageCode>(code: Code, ...[params]: Args<Code>): Message<Code> {
  return { code, params: (params ?? {}) as Record<string, Param> }
}

/** How deep messages may stand inside each other: a target could send endless nesting. */
const maxDepth = 8

/** Whether something that was read has the form of a message, down to its params. Its code may be one of another version. */
export function isMessage(value: unknown, depth = 0): value is Message {
  if (!isRecord(value) || depth === maxDepth) return false
  const { code, params } = value
  if (typeof code !== 'string' || !isRecord(params)) return false
  return Object.values(params).every(param => isParam(param, depth + 1))
}

function isParam(value: unknown, depth: number): value is Param {
  if (typeof value === 'number') return true
  return Array.isArray(value) ? value.every(each => isMessageOrText(each, depth)) : isMessageOrText(value, depth)
}

export function isMessageOrText(value: unknown, depth = 0): value is MessageOrText {
  return typeof value === 'string' || isMessage(value, depth)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The message where it is ours; null for somebody else's words, and where there are none. */
export function asMessage(words: MessageOrText | null): Message | null {
  return typeof words === 'string' ? null : words
}
