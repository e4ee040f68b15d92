/**
 * The parts of Webex's answers that Roomkey reads, and only those: an answer may contain more, never less. The answer
 * about a room holds the host PIN; nothing here names it, so nothing can store or print it.
 */
import Type from 'typebox'
import { Compile } from 'typebox/compile'

const ErrorBody = Type.Object({
  message: Type.Optional(Type.String()),
  errors: Type.Optional(Type.Array(Type.Object({ description: Type.Optional(Type.String()) }))),
})

/** RFC 9457 with one entry per offending item: what is wrong, and where in the request (a JSON Pointer). */
const ProblemBody = Type.Object({
  title: Type.Optional(Type.String()),
  detail: Type.Optional(Type.String()),
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        detail: Type.Optional(Type.String()),
        pointer: Type.Optional(Type.String()),
        // Roomkey's own: the detail as data.
        message: Type.Optional(Type.Unknown()),
      }),
    ),
  ),
})

export const answers = {
  /** Of each entry, person.ts takes what it can. */
  people: Compile(Type.Object({ items: Type.Array(Type.Unknown()) })),
  room: Compile(Type.Object({ personalMeetingRoomLink: Type.String() })),
  refreshed: Compile(
    Type.Object({
      personalMeetingRoomIds: Type.Array(
        Type.Object({
          email: Type.Optional(Type.String()),
          personId: Type.Optional(Type.String()),
          personalMeetingRoomId: Type.String(),
        }),
      ),
    }),
  ),
  commonSettings: Compile(Type.Object({ siteOptions: Type.Object({ allowCustomPersonalRoomURL: Type.Boolean() }) })),
  sites: Compile(Type.Object({ sites: Type.Array(Type.Object({ siteUrl: Type.String() })) })),
  error: Compile(ErrorBody),
  problem: Compile(ProblemBody),
}
