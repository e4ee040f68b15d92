/** What is asked about rotations beside their plan and run: rehearsed, verified, looked back upon, undone. Times are ISO 8601. */
import Type, { type Static } from 'typebox'
import { Faults } from '../faults.ts'
import { messageOrNull } from '../message.ts'
import { Count, Counts, Reasons, RotationItemAnswer, rotationStates } from '../rotations.ts'
import { textOrNull } from '../text.ts'

const closed = { additionalProperties: false }

export const VerificationAnswer = Type.Object({
  changed: Count,
  notYetVisible: Count,
  unread: Type.Integer({ minimum: 0, description: 'How many of these could not be read.' }),
  wrongs: Count,
  listed: Type.Optional(
    Type.Integer({
      minimum: 0,
      description: 'Rooms that were not read: the list of people shows their new ID, and a sample agreed with it.',
    }),
  ),
  notRead: Type.Optional(
    Type.Integer({ minimum: 0, description: 'Rooms that were not read, because only a sample was asked for.' }),
  ),
  mayBeWrong: Type.Optional(
    Type.Integer({ minimum: 0, description: 'How many of these may be wrong at most, at 95% certainty.' }),
  ),
  goneOnSince: Type.Optional(
    textOrNull('Where it goes on with one that was interrupted: since when what was read counts.'),
  ),
  listVerdict: Type.Optional(
    Type.Union([Type.Enum(['agrees', 'differs', 'unread']), Type.Null()], {
      description:
        'What a sample said of the list; unless it agrees, all rooms were read. Null where no list was taken.',
    }),
  ),
  changedSince: Type.Array(
    Type.Object({
      rotation: Type.Union([Type.Integer(), Type.Null()], {
        description: 'The other rotation that gave them their ID; null where somebody else did.',
      }),
      rooms: Count,
    }),
    { description: 'Rooms that carry an ID that they were given after this rotation.' },
  ),
  open: Type.Integer({
    minimum: 0,
    description: 'Rooms that are still to be changed, or of which it is not known: the rotation has not ended.',
  }),
  tellableAt: textOrNull('From when on it can be told of all whether they were changed.'),
})

/** What happened to a rotation, in order: who did it, or what it came to. */
export const TimelineAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      at: Type.String(),
      kind: Type.Enum([
        'planned',
        'rehearsed',
        'approved',
        'started',
        'pilotsSeen',
        'paused',
        'stopped',
        'resumed',
        'finished',
        'verified',
        'undone',
      ]),
      by: textOrNull('The name of the token that did it; null for the command line, and for what nobody did.'),
      reason: textOrNull('Why it stopped.'),
      message: messageOrNull(),
      rooms: Type.Union([Count, Type.Null()], {
        description: 'How many rooms went first and were seen to be changed.',
      }),
      rotation: Type.Union([Type.Integer(), Type.Null()], { description: 'The rotation that undoes it.' }),
      rehearsal: Type.Union([
        Type.Object({
          end: Type.Enum(['finished', 'stopped']),
          minutes: Type.Number(),
          refused: Count,
          wrongs: Count,
        }),
        Type.Null(),
      ]),
      verification: Type.Union([VerificationAnswer, Type.Null()]),
    }),
  ),
})

const strengthOfRooms = Type.Object({
  weak: Type.Integer({ minimum: 0, description: 'How many can be guessed.' }),
  strength: Type.Array(Type.Object({ fromBits: Count, toBits: Type.Union([Count, Type.Null()]), rooms: Count }), {
    description: 'How many rooms are how many bits strong.',
  }),
  medianBits: Type.Union([Type.Number(), Type.Null()]),
})

/** How guessable the rooms of a rotation were, and are. */
export const StrengthsAnswer = Type.Object({ rooms: Count, before: strengthOfRooms, after: strengthOfRooms })

/** The same, of a rotation that may not have ended. */
export const VerifiedAnswer = Type.Object({
  ...VerificationAnswer.properties,
  state: Type.Enum(rotationStates, {
    description: 'Of the rotation when all was read: the result is not final before it has finished.',
  }),
})

/** How to verify. */
export const VerifyRequest = Type.Union([
  Type.Object(
    {
      how: Type.Enum(['each', 'list'], {
        description:
          '`each`: all rooms are read. `list`: the list of people is taken first, if a sample of it agrees, and only what it does not show is read.',
      }),
    },
    closed,
  ),
  Type.Object(
    { how: Type.Literal('sample'), rooms: Type.Integer({ minimum: 1, maximum: 1_000_000 }) },
    { ...closed, description: 'Only so many rooms are read, drawn at random.' },
  ),
  Type.Null(),
])

/** What undoing a rotation would do. */
export const UndoPreviewAnswer = Type.Object({
  back: Type.Integer({ minimum: 0, description: 'How many rooms would get their old ID back.' }),
  stay: Reasons,
  items: Type.Array(RotationItemAnswer, {
    description: 'The first rooms that would go back, as `pending`, and the first that would not, as `left`.',
  }),
})

/** How to rehearse a plan. */
export const RehearsalRequest = Type.Object(
  {
    faults: Type.Optional(Faults),
    speed: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 3600, description: 'How many of its seconds pass in one; 60 by default.' }),
    ),
  },
  closed,
)

/** What a rehearsal found. */
export const RehearsalAnswer = Type.Object({
  end: Type.Enum(['finished', 'stopped']),
  reason: textOrNull('Why it stopped; null where it finished.'),
  message: messageOrNull(),
  minutes: Type.Number({ description: 'How long it took.' }),
  calls: Count,
  counts: Counts,
  refused: Reasons,
  verified: VerificationAnswer,
})

export type StrengthsAnswer = Static<typeof StrengthsAnswer>
export type TimelineAnswer = Static<typeof TimelineAnswer>
export type VerifyRequest = Static<typeof VerifyRequest>
export type VerifiedAnswer = Static<typeof VerifiedAnswer>
export type VerificationAnswer = Static<typeof VerificationAnswer>
export type UndoPreviewAnswer = Static<typeof UndoPreviewAnswer>
export type RehearsalRequest = Static<typeof RehearsalRequest>
export type RehearsalAnswer = Static<typeof RehearsalAnswer>
