import type { MessageOrText } from './message.ts'
import { MessageError } from './message-error.ts'
import { systemFailure } from './system-failure.ts'

/** Why a call came to nothing, in a few words without its URL; a code that has no words is given as it is. */
export function callFailure(error: unknown): MessageOrText {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const own = [error, cause].find(one => one instanceof MessageError)
  if (own !== undefined) return (own as MessageError).reason
  const code = failureCode(error)
  return systemFailure(error)?.why ?? (code || (cause instanceof Error ? cause.message : String(cause)))
}

/** The system's code for an error, or of what it was caused by; empty where there is none. */
export function failureCode(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  if (typeof code === 'string') return code
  return cause instanceof Error ? failureCode(cause) : ''
}
