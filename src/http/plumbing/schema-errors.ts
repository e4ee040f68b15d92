import type { FastifySchemaValidationError, SchemaErrorDataVar } from 'fastify/types/schema.js'
import { message } from '../../messages/message.ts'
import type { Fault } from './fault.ts'

/** The most that one answer tells: every item of the longest list may have one. */
const maxFaults = 100

/** Turns what a validator found into sentences that say which field is wrong and what it must be. */
export function describeSchemaErrors(
  errors: FastifySchemaValidationError[],
  context: SchemaErrorDataVar = 'body',
): Fault[] {
  const faults = errors.slice(0, maxFaults).map((error): Fault => {
    const description = describe(error, context)
    return context === 'body' ? { description, pointer: `#${pointerOf(error)}` } : { description }
  })
  return errors.length <= maxFaults ? faults : [...faults, { description: message('moreFaults', { told: maxFaults }) }]
}

function describe({ keyword, instancePath, params, message }: FastifySchemaValidationError, context: string): string {
  const field = lastName(instancePath) ?? `The ${context === 'querystring' ? 'query' : context}`
  switch (keyword) {
    case 'additionalProperties':
      return `Unknown field "${printable(params.additionalProperty)}".`
    case 'required':
      return `Field "${params.missingProperty}" is missing.`
    case 'type':
      return `${field} must be ${article(String(params.type))}.`
    case 'minItems':
      return `${field} must not be empty.`
    case 'maxItems':
      return `${field} must not have more than ${params.limit} items.`
    case 'minLength':
      return `${field} must not be empty.`
    case 'maxLength':
      return `${field} must not be longer than ${params.limit} characters.`
    case 'pattern':
      return field === 'email' ? 'email must be an e-mail address.' : `${field} has characters that are not allowed.`
    case 'enum':
      return `${field} must be one of ${(params.allowedValues as unknown[]).join(', ')}.`
    case 'const':
      return `${field} must be ${JSON.stringify(params.allowedValue)}.`
    default:
      return `${field} ${message ?? 'is not valid'}.`
  }
}

function pointerOf({ keyword, instancePath, params }: FastifySchemaValidationError): string {
  return keyword === 'additionalProperties'
    ? `${instancePath}/${escapePointer(String(params.additionalProperty))}`
    : instancePath
}

/** The name of the field at a path: `email` for `/personalMeetingRoomIds/3/email`, `… items` for an item of a list. */
function lastName(path: string): string | undefined {
  const names = path.split('/').slice(1)
  const last = names.at(-1)
  if (last === undefined) return undefined
  return /^\d+$/.test(last) ? `An item of ${names.at(-2) ?? 'the list'}` : last
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** A caller's own word, short enough and safe enough to repeat in an error. */
function printable(name: unknown): string {
  return String(name)
    .slice(0, 64)
    .replace(/[^\x20-\x7e]/g, '?')
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}
