import type { MessageOrText } from '../messages/message.ts'
import { MessageError } from '../messages/message-error.ts'
import { LeaseLost, RotationGone, StoreDamaged, StoreError, StoreUnavailable } from './store-error.ts'

/** An error in a form that can be sent between threads: a structured clone keeps neither its class nor its code. */
export interface PackedError {
  name: string
  message: string
  /** The message as data, where it is one for people. */
  reason: MessageOrText | null
  stack: string | undefined
  code: unknown
}

const kinds = [LeaseLost, RotationGone, StoreDamaged, StoreError, StoreUnavailable]

export function packError(error: NodeJS.ErrnoException): PackedError {
  const { name, message, stack, code } = error
  return { name, message, reason: error instanceof MessageError ? error.reason : null, stack, code }
}

export function unpackError({ name, message, reason, stack, code }: PackedError): Error {
  const kind = kinds.find(kind => kind.name === name)
  const error = kind === undefined ? new Error(message) : new kind(reason ?? message)
  if (stack !== undefined) error.stack = stack
  return Object.assign(error, code === undefined ? {} : { code })
}
