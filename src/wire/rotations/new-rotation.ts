/** What is asked for when a rotation is planned. */
import Type, { type Static } from 'typebox'
import { text } from '../text.ts'

const closed = { additionalProperties: false }

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

export type ListedRotationRequest = Static<typeof ListedRotationRequest>
export type NewRotationRequest = Static<typeof NewRotationRequest>
