import Type, { type TString } from 'typebox'
import { emailPattern, maxEmailLength } from '../rooms/email-address.ts'

/** Text that any database can store and any terminal can show: no control characters, no lone surrogates. */
const printable = '^[^\\p{Cc}\\p{Cs}]*$'

export function text(description: string, maxLength = 256): TString {
  return Type.String({ description, minLength: 1, maxLength, pattern: printable })
}

export function email(description: string): TString {
  return Type.String({ description, maxLength: maxEmailLength, pattern: emailPattern })
}

/** Of a device in a video conference: anything with an @ between its parts. */
export function deviceAddress(description: string): TString {
  return Type.String({
    description,
    maxLength: maxEmailLength,
    pattern: '^[^\\s@\\p{Cc}\\p{Cs}]+@[^\\s@\\p{Cc}\\p{Cs}]+$',
  })
}

/** Text, or null where there is none. */
export function textOrNull(description?: string) {
  return Type.Union([Type.String(), Type.Null()], description === undefined ? {} : { description })
}
