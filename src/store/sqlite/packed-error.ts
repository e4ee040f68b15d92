import { LeaseLost, RotationGone, StoreDamaged, StoreError, StoreUnavailable } from '../store-error.ts'

/** An error in a form that can be sent between threads: a structured clone keeps neither its class nor its code. */
export interface PackedError {
  name: string
  message: string
  stack: string | undefined
  code: unknown
}

const kinds = [LeaseLost, RotationGone, StoreDamaged, StoreError, StoreUnavailable]

export function packError({ name, message, stack, code }: NodeJS.ErrnoException): PackedError {
  return { name, message, stack, code }
}

export function unpackError({ name, message, stack, code }: PackedError): Error {
  const error = new (kinds.find(kind => kind.name === name) ?? Error)(message)
  if (stack !== undefined) error.stack = stack
  return Object.assign(error, code === undefined ? {} : { code })
}
