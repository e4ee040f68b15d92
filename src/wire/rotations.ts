/** Rotations that the service plans and runs. Times are ISO 8601. */
import Type, { type Static } from 'typebox'
import { Faults } from './faults.ts'
import { messageOrNull } from './message.ts'
import { SiteParams } from './sites.ts'
import { ReadColumnsAndNotes } from './tables.ts'
import { textOrNull } from './text.ts'

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

/** A plan as it is answered when it was asked for: with what was read of its list. */
export const PlannedAnswer = Type.Object({
  ...RotationAnswer.properties,
  list: Type.Union([ReadColumnsAndNotes, Type.Null({ description: 'The people were not given as a list.' })]),
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

export type RotationAnswer = Static<typeof RotationAnswer>
export type PlannedAnswer = Static<typeof PlannedAnswer>
export type RotationProgress = Static<typeof RotationProgress>
export type RotationItemAnswer = Static<typeof RotationItemAnswer>
export type VerifiedAnswer = Static<typeof VerifiedAnswer>
export type UndoPreviewAnswer = Static<typeof UndoPreviewAnswer>
export type RehearsalRequest = Static<typeof RehearsalRequest>
export type RehearsalAnswer = Static<typeof RehearsalAnswer>
