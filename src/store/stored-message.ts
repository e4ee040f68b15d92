/**
 * Messages in a column: `{"code":…,"params":…}` for one of ours, the bare text for anybody else's words. A text that
 * could be taken for JSON, or holds what not every database stores, is written as a JSON string; so any text comes back
 * as it was. Rows of versions that stored English sentences are such texts.
 */
import { isMessage, type MessageOrText } from '../messages/message.ts'

declare const stored: unique symbol
/** What such a column holds. It is a string, but none that may be shown. */
export interface StoredMessage {
  readonly [stored]: true
}

/** Texts that begin like JSON, hold a null byte, which PostgreSQL cannot store, or half of a surrogate pair. */
const needsQuotes = /^[{"]|\0|\p{Cs}/u

export function toStored(words: MessageOrText): StoredMessage {
  const text = typeof words === 'string' && !needsQuotes.test(words) ? words : JSON.stringify(words)
  return text as unknown as StoredMessage
}

export function toStoredOrNull(words: MessageOrText | null): StoredMessage | null {
  return words === null ? null : toStored(words)
}

export function fromStored(column: StoredMessage): MessageOrText {
  const text = column as unknown as string
  if (!/^[{"]/.test(text)) return text
  const json = parsed(text)
  return typeof json === 'string' || isMessage(json) ? json : text
}

export function fromStoredOrNull(column: StoredMessage | null): MessageOrText | null {
  return column === null ? null : fromStored(column)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
