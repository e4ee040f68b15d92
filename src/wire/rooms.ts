/** Rooms as administrators see them under /api. Times are ISO 8601. */
import Type, { type Static } from 'typebox'
import { guessClasses } from './audit.ts'
import { messageOrNull } from './message.ts'
import { textOrNull } from './text.ts'

const GuessabilityAnswer = Type.Object({
  class: Type.Enum([...guessClasses], { description: 'What yields the ID; docs/guessability.md explains them.' }),
  strength: Type.Enum(['weak', 'fair', 'strong'], {
    description: 'Found within a million guesses; within more; or by nobody: 60 bits and up.',
  }),
  bits: Type.Number(),
  guesses: Type.Number({ description: 'Expected guesses of the cheapest attacker.' }),
  reason: Type.String(),
  message: Type.Optional(messageOrNull()),
})

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
  pinned: Type.Boolean({ description: 'True to leave the room out of rotations.' }),
  personalMeetingRoomId: textOrNull('Null for attendees, and for rooms that gave up their ID.'),
  personalMeetingRoomLink: textOrNull(),
  since: textOrNull(
    'When the room took this ID. Null where a mirrored site shows only that it had it when it was first read.',
  ),
  readAt: textOrNull(
    'On a mirrored site, when the room was last read; null where it was not read yet, and on other sites.',
  ),
  unreadReason: textOrNull('On a mirrored site, why the room could not be read at the last attempt.'),
  guessability: Type.Union([GuessabilityAnswer, Type.Null()], { description: 'Null where there is no ID.' }),
  place: Type.Integer({
    description: "The room's position on the site, from 1. Positions of deleted people stay empty.",
  }),
})

export const RoomFlags = Type.Partial(Type.Object({ suspended: Type.Boolean(), pinned: Type.Boolean() }), {
  additionalProperties: false,
  minProperties: 1,
})

export type RoomAnswer = Static<typeof RoomAnswer>
