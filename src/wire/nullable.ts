import Type from 'typebox'

/** Text, or null where there is none. */
export function textOrNull(description?: string) {
  return Type.Union([Type.String(), Type.Null()], description === undefined ? {} : { description })
}
