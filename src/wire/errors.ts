import Type, { type Static } from 'typebox'
import { Message } from './message.ts'

/** The body of a refusal, in Webex's format. */
export const ErrorAnswer = Type.Object({
  message: Type.String(),
  errors: Type.Array(Type.Object({ description: Type.String() })),
  trackingId: Type.Optional(
    Type.String({ description: 'Absent from a 400 of the batch refresh, whose published example has none.' }),
  ),
})

/** The same as RFC 9457, for callers who send `Accept: application/problem+json`: it names every offending item. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  trackingId: Type.String(),
  errors: Type.Array(
    Type.Object({
      detail: Type.String(),
      pointer: Type.Optional(
        Type.String({
          description: 'JSON Pointer into the request, e.g. `#/personalMeetingRoomIds/73/personalMeetingRoomId`.',
        }),
      ),
      code: Type.Optional(
        Type.String({
          description: 'Which refusal it is, e.g. `needsApproval`. Stays the same when the wording changes.',
        }),
      ),
      message: Type.Optional(Message),
    }),
  ),
})

export type ErrorAnswer = Static<typeof ErrorAnswer>
export type Problem = Static<typeof Problem>
