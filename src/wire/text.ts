import Type, { type TString } from 'typebox'

/** Text that any database can store and any terminal can show: no control characters, no lone surrogates. */
const printable = '^[^\\p{Cc}\\p{Cs}]*$'

export function text(description: string, maxLength = 256): TString {
  return Type.String({ description, minLength: 1, maxLength, pattern: printable })
}

export function email(description: string): TString {
  return Type.String({ description, maxLength: 320, pattern: '^[^\\s@\\p{Cc}\\p{Cs}]+@[^\\s@\\p{Cc}\\p{Cs}]+$' })
}
