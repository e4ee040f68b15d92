import { type MessageOrText, message } from './message.ts'
import { MessageError } from './message-error.ts'

/** What the system's codes for a failed connection mean. */
const meanings: Record<string, MessageOrText> = {
  ECONNREFUSED: message('connectionRefused'),
  ECONNRESET: message('connectionReset'),
  ENOTFOUND: message('hostNotFound'),
  EHOSTUNREACH: message('hostUnreachable'),
}

/** Why a call came to nothing, in a few words without its URL; a code that has no words is given as it is. */
export function callFailure(error: unknown): MessageOrText {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const own = [error, cause].find(one => one instanceof MessageError)
  if (own !== undefined) return (own as MessageError).reason
  const code = failureCode(error)
  return meanings[code] ?? (code || (cause instanceof Error ? cause.message : String(cause)))
}

/** The system's code for an error, or of what it was caused by; empty where there is none. */
export function failureCode(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  if (typeof code === 'string') return code
  return cause instanceof Error ? failureCode(cause) : ''
}
