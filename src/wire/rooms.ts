/** Rooms as administrators see them under /api. Times are ISO 8601. */
import Type, { type Static } from 'typebox'
import { textOrNull } from './nullable.ts'

export const RoomAnswer = Type.Object({
  personId: Type.String(),
  email: Type.String(),
  displayName: Type.String(),
  firstName: Type.String(),
  lastName: Type.String(),
  username: textOrNull(),
  department: textOrNull(),
  host: Type.Boolean({ description: 'False for attendees, who have no room.' }),
  suspended: Type.Boolean(),
  pinned: Type.Boolean({ description: 'Left out of rotations.' }),
  personalMeetingRoomId: textOrNull('Null for attendees, and where the room gave its ID up.'),
  personalMeetingRoomLink: textOrNull(),
  since: textOrNull('When the room took this ID.'),
})

export const RoomMarks = Type.Partial(Type.Object({ suspended: Type.Boolean(), pinned: Type.Boolean() }), {
  additionalProperties: false,
  minProperties: 1,
})

export type RoomAnswer = Static<typeof RoomAnswer>
