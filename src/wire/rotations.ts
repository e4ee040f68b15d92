/** Rotations that the service plans and runs. Times are ISO 8601. */
import Type, { type Static } from 'typebox'
import { messageOrNull } from './message.ts'
import { SiteParams } from './sites.ts'
import { ReadColumnsAndNotes } from './tables.ts'
import { textOrNull } from './text.ts'

export const Count = Type.Integer({ minimum: 0 })
const countOrNull = () => Type.Union([Count, Type.Null()])
export const Counts = Type.Object({
  pending: Count,
  sent: Count,
  unsure: Count,
  done: Count,
  refused: Count,
  held: Count,
  left: Count,
})
export const Reasons = Type.Array(Type.Object({ reason: Type.String(), message: messageOrNull(), count: Count }))

export const RotationParams = Type.Object({
  ...SiteParams.properties,
  rotation: Type.String({ pattern: '^[0-9]{1,7}$', description: 'The number of the rotation on this site.' }),
})

export const rotationStates = ['planning', 'failed', 'planned', 'running', 'stopped', 'finished'] as const

export const RotationAnswer = Type.Object({
  number: Type.Integer(),
  siteUrl: Type.String(),
  state: Type.Enum(rotationStates, {
    description:
      'A plan that could not be made has failed; `stopReason` says why. One that has stopped without a `planHash` has stopped before it was planned to its end, and can be resumed.',
  }),
  target: Type.Enum(['self', 'webex', 'other'], {
    description: 'Whose rooms it changes: of this service, of Webex, or of another service.',
  }),
  choice: Type.String({ description: 'Who was chosen, in words.' }),
  choiceMessage: messageOrNull(),
  source: Type.Enum(['random', 'words', 'system', 'template', 'csv', 'snapshot']),
  bits: Type.Union([Type.Number(), Type.Null()], { description: 'Bits of the new IDs, where known.' }),
  undoOf: Type.Union([Type.Integer(), Type.Null()], { description: 'The rotation that this one undoes.' }),
  undone: Type.Union(
    [
      Type.Object({
        by: Type.Integer({ description: 'The newest rotation that undoes this one and has begun.' }),
        state: Type.Enum(rotationStates),
        rooms: Type.Integer({ minimum: 0, description: 'How many rooms have their old ID back by it.' }),
      }),
      Type.Null(),
    ],
    { description: 'Null where nobody has begun to undo it.' },
  ),
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
  pausing: Type.Boolean({ description: 'Whether it runs and was asked to stop after the batches under way.' }),
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
  pausing: Type.Boolean(),
  doing: Type.Union(
    [
      Type.Object({
        batches: Type.Integer({ minimum: 0, description: 'Batches that were sent and are not settled.' }),
        readingBack: Type.Integer({
          minimum: 0,
          description: 'Rooms that are read back because their answer was lost.',
        }),
        pilots: Type.Integer({ minimum: 0, description: 'Rooms that went first and are read back before the others.' }),
        readAgainAt: textOrNull(
          'Until when it waits to read rooms again, because readings may be late; null while there is something else to do.',
        ),
      }),
      Type.Null(),
    ],
    { description: 'What it does at the moment; null where another process runs it.' },
  ),
  reading: Type.Union([
    Type.Object(
      { phase: Type.Enum(['list', 'rooms']), done: Count, total: countOrNull(), perMinute: countOrNull() },
      { description: 'How far the reading for a plan is: entries of the list of people, then rooms.' },
    ),
    Type.Null({ description: 'Nothing is read for a plan, or by another process.' }),
  ]),
})

export const RotationItemAnswer = Type.Object({
  number: Type.Integer(),
  name: Type.String(),
  email: Type.String(),
  oldId: textOrNull(),
  newId: textOrNull('Null where the site gives it, until it has. Of a held room, the ID that it has.'),
  currentId: textOrNull(
    'What the room carries as far as this service knows; null where it does not know it, or the room has none.',
  ),
  state: Type.Enum(['pending', 'sent', 'unsure', 'done', 'refused', 'held', 'left']),
  reason: textOrNull(),
  message: messageOrNull(),
})

export type RotationAnswer = Static<typeof RotationAnswer>
export type PlannedAnswer = Static<typeof PlannedAnswer>
export type RotationProgress = Static<typeof RotationProgress>
export type RotationItemAnswer = Static<typeof RotationItemAnswer>

/** How a run calls its target. */
export const RunRequest = Type.Object(
  {
    between: Type.Optional(
      Type.String({
        maxLength: 96,
        description:
          'Calls are made at these times of day alone, e.g. `20:00-06:00 Europe/Berlin`; without a time zone, by the clock of the machine that the service runs on.',
      }),
    ),
    wait: Type.Optional(
      Type.Boolean({
        description:
          'Waits for as long as the target asks, be it days, such as for a limit by the day; otherwise a run stops where that is more than an hour, and can be resumed.',
      }),
    ),
  },
  { additionalProperties: false },
)
export type RunRequest = Static<typeof RunRequest>
