/** Rotations that the service plans and runs. Times are ISO 8601. */
import Type, { type Static } from 'typebox'
import { Faults } from './faults.ts'
import { messageOrNull } from './message.ts'
import { textOrNull } from './nullable.ts'
import { SiteParams } from './sites.ts'
import { text } from './text.ts'

const closed = { additionalProperties: false }
const Count = Type.Integer({ minimum: 0 })
const Counts = Type.Object({
  pending: Count,
  sent: Count,
  unsure: Count,
  done: Count,
  refused: Count,
  held: Count,
  left: Count,
})
const Reasons = Type.Array(Type.Object({ reason: Type.String(), message: messageOrNull(), count: Count }))

const PeopleChoice = Type.Union(
  [
    Type.Object({ who: Type.Enum(['guessable', 'everyone']) }, closed),
    Type.Object({ who: Type.Literal('olderThan'), days: Type.Integer({ minimum: 0, maximum: 100_000 }) }, closed),
    Type.Object({ who: Type.Literal('department'), department: text('The department.') }, closed),
    Type.Object(
      {
        who: Type.Literal('listed'),
        name: text('What the list is called.'),
        csv: Type.String({
          description:
            'A table with a line of column names: people by e-mail address or person ID, and personalMeetingRoomId where IDs are given. Exports of many directories are read as they are. For larger ones, and files that are not UTF-8, there is a call of its own.',
        }),
      },
      closed,
    ),
  ],
  { description: 'Who gets a new ID.' },
)

const bits = Type.Integer({ minimum: 20, maximum: 256 })
const IdsChoice = Type.Union(
  [
    Type.Object(
      { kind: Type.Literal('random'), prefix: Type.String({ pattern: '^[A-Za-z0-9._-]{0,40}$' }), bits },
      closed,
    ),
    Type.Object({ kind: Type.Literal('words'), bits }, closed),
    Type.Object({ kind: Type.Literal('template'), template: text('E.g. `{last}-{random:13}`.') }, closed),
    Type.Object({ kind: Type.Enum(['system', 'csv']) }, closed),
  ],
  { description: 'How the new IDs are made.' },
)

export const NewRotationRequest = Type.Object(
  {
    target: Type.Optional(
      Type.Enum(['self', 'webex'], {
        description:
          'Whose rooms are changed: this service, or Webex by its connection. Default: the target of a mirrored site, else this service.',
      }),
    ),
    people: PeopleChoice,
    ids: IdsChoice,
    canary: Type.Integer({ minimum: 0, maximum: 100, description: 'How many rooms go first, alone.' }),
    freeze: Type.Boolean({ description: 'Whether self-service is switched off while it runs.' }),
    freshSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 30 * 86_400,
        description:
          'Rooms that were read longer ago are read again before the plan rests on them, and before they are sent. An hour where it is left out.',
      }),
    ),
    overwriteChanged: Type.Optional(
      Type.Boolean({
        description:
          'Whether rooms that have another ID than planned when their turn comes are changed all the same; they are held otherwise. False where it is left out.',
      }),
    ),
    allowUnmatched: Type.Optional(
      Type.Boolean({
        description:
          'Whether a list may name people who are not on the site; they are left out. False where it is left out.',
      }),
    ),
  },
  closed,
)

const { people: _, ...withoutPeople } = NewRotationRequest.properties

/** What is asked of a plan whose people are in a table beside it. */
export const ListedRotationRequest = Type.Object(withoutPeople, closed)

export const RotationParams = Type.Object({
  ...SiteParams.properties,
  rotation: Type.String({ pattern: '^[0-9]{1,7}$', description: 'The number of the rotation on this site.' }),
})

const rotationStates = ['planning', 'failed', 'planned', 'running', 'stopped', 'finished'] as const

export const RotationAnswer = Type.Object({
  number: Type.Integer(),
  siteUrl: Type.String(),
  state: Type.Enum(rotationStates, {
    description: 'A plan that could not be made has failed; `stopReason` says why.',
  }),
  target: Type.Enum(['self', 'webex', 'other'], {
    description: 'Whose rooms it changes: of this service, of Webex, or of another service.',
  }),
  choice: Type.String({ description: 'Who was chosen, in words.' }),
  choiceMessage: messageOrNull(),
  source: Type.Enum(['random', 'words', 'system', 'template', 'csv', 'snapshot']),
  bits: Type.Union([Type.Number(), Type.Null()], { description: 'Bits of the new IDs, where known.' }),
  undoOf: Type.Union([Type.Integer(), Type.Null()], { description: 'The rotation that this one undoes.' }),
  createdAt: Type.String(),
  startedAt: textOrNull(),
  finishedAt: textOrNull(),
  planHash: textOrNull(),
  approval: Type.Union([Type.Literal('notNeeded'), Type.Literal('needed'), Type.Literal('given')], {
    description: 'Whether a second administrator has to approve the plan before it starts, and has.',
  }),
  approvedAt: textOrNull(),
  plannedBy: textOrNull('The name of the token that planned it; null where that was the command line.'),
  plannedByYou: Type.Boolean({ description: 'Whether the caller planned it, and so cannot approve it.' }),
  approvedBy: textOrNull('The name of the token of the second administrator.'),
  tokensMadeWith: textOrNull(
    'Where a second administrator is needed: the name of the token that the planner’s and theirs (or, until one has approved, yours) were made with, or that is one of the two. Its holder could have been both.',
  ),
  canary: Type.Integer(),
  freeze: Type.Boolean(),
  freshSeconds: Type.Integer({ description: 'Rooms that were read longer ago are read again before they are sent.' }),
  overwriteChanged: Type.Boolean(),
  maxCalls: Type.Union([Type.Integer(), Type.Null()], {
    description: 'The most calls of a run, whatever its target does; null until it is planned.',
  }),
  stopReason: textOrNull(),
  stopMessage: messageOrNull(),
  waitingUntil: textOrNull('Until when a run waits because it was asked to.'),
  warnings: Type.Array(Type.String(), { description: 'What was noted when it was planned, a sentence each.' }),
  warningMessages: Type.Array(messageOrNull(), { description: 'The warnings as data, in the same order.' }),
  counts: Counts,
  left: Reasons,
  refused: Reasons,
  held: Reasons,
})

const texts = () => Type.Array(Type.String())

/** A plan as it is answered when it was asked for: with what was read of its list. */
export const PlannedAnswer = Type.Object({
  ...RotationAnswer.properties,
  list: Type.Union([
    Type.Object(
      {
        file: Type.String(),
        encoding: Type.String(),
        separator: Type.String({ description: 'The character, or `tab`.' }),
        columns: Type.Record(Type.String(), texts(), {
          description: 'By field, the columns that it was taken from, the best first.',
        }),
        notUsed: texts(),
        aboveHeader: texts(),
        notes: Type.Array(Type.String(), { description: 'Sentences about rows that were passed over or tidied.' }),
      },
      { description: 'Which columns of the list were taken for what.' },
    ),
    Type.Null({ description: 'The people were not given as a list.' }),
  ]),
})

/** What an event of a rotation that moves tells. */
export const RotationProgress = Type.Object({
  done: Count,
  refused: Count,
  held: Count,
  unsure: Count,
  total: Count,
  batches: Type.Integer({ minimum: 0, description: 'How many batches have been sent since it began.' }),
  waitingUntil: textOrNull(),
  refusedFor: Reasons,
})

export const RotationItemAnswer = Type.Object({
  number: Type.Integer(),
  name: Type.String(),
  email: Type.String(),
  oldId: textOrNull(),
  newId: textOrNull('Null where the site gives it, until it has. Of a held room, the ID that it has.'),
  state: Type.Enum(['pending', 'sent', 'unsure', 'done', 'refused', 'held', 'left']),
  reason: textOrNull(),
  message: messageOrNull(),
})

export const VerificationAnswer = Type.Object({
  changed: Count,
  notYetVisible: Count,
  unread: Type.Integer({ minimum: 0, description: 'How many of these could not be read.' }),
  wrongs: Count,
  open: Type.Integer({
    minimum: 0,
    description: 'Rooms that are still to be changed, or of which it is not known: the rotation has not ended.',
  }),
  tellableAt: textOrNull('From when on it can be told of all whether they were changed.'),
})

/** The same, of a rotation that may not have ended. */
export const VerifiedAnswer = Type.Object({
  ...VerificationAnswer.properties,
  state: Type.Enum(rotationStates, {
    description: 'Of the rotation when all was read: the result is not final before it has finished.',
  }),
})

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

export type ListedRotationRequest = Static<typeof ListedRotationRequest>
export type NewRotationRequest = Static<typeof NewRotationRequest>
export type RotationAnswer = Static<typeof RotationAnswer>
export type PlannedAnswer = Static<typeof PlannedAnswer>
export type RotationProgress = Static<typeof RotationProgress>
export type RotationItemAnswer = Static<typeof RotationItemAnswer>
export type VerifiedAnswer = Static<typeof VerifiedAnswer>
export type UndoPreviewAnswer = Static<typeof UndoPreviewAnswer>
export type RehearsalRequest = Static<typeof RehearsalRequest>
export type RehearsalAnswer = Static<typeof RehearsalAnswer>
