import Type, { type Static } from 'typebox'

/** The ID that a rule would make for somebody. */
export const ExampleAnswer = Type.Object({
  displayName: Type.String(),
  personalMeetingRoomId: Type.String(),
  strength: Type.Enum(['weak', 'fair', 'strong']),
  bits: Type.Number(),
})

export type ExampleAnswer = Static<typeof ExampleAnswer>
