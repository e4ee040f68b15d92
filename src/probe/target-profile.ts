/** What `roomkey probe` has found out about a target: the file `webex-profile.json`. */
import Type, { type Static } from 'typebox'

const closed = { additionalProperties: false }

/** One of these, or `unknown` where it could not be told. */
function choice<const Values extends string>(values: Values[], description: string) {
  return Type.Optional(Type.Enum([...values, 'unknown' as const], { description }))
}

/** Each property is a question that Webex's documentation leaves open. One that is left out is as good as unknown. */
export const TargetAnswers = Type.Object(
  {
    lastHolder: choice(
      ['returns', 'waits'],
      'Whether a room gets an ID back that it has just given up, or has to wait for it.',
    ),
    personIds: choice(['accepted', 'refused'], 'Whether a batch may name people by person ID.'),
    staleSeconds: Type.Optional(
      Type.Union([Type.Integer({ minimum: 0, maximum: 86_400 }), Type.Literal('unknown')], {
        description: 'For how long after a change a reading of a room showed what was there before.',
      }),
    ),
    listedRooms: choice(
      ['fresh', 'stale', 'absent'],
      'Whether the list of people shows rooms, and whether a change is in it at once.',
    ),
    ownId: choice(['accepted', 'refused'], 'Whether a room may be given the ID that it has.'),
    freedIds: choice(['free', 'reserved'], 'Whether an ID that one room gave up can be given to another at once.'),
    idCase: choice(['ignored', 'matters'], 'Whether IDs that differ in capitals alone are the same ID.'),
    refusedBatch: choice(
      ['changesNobody', 'changesThoseBefore', 'changesOthers'],
      'Whom a refused batch changes: nobody, those before the offender, or everybody else.',
    ),
    offenders: choice(['named', 'unnamed'], 'Whether a refusal names the offending items to those who ask for it.'),
    swaps: choice(
      ['inBatch', 'inOrder', 'refused'],
      'Whether rooms of one batch may take IDs from each other: all of them, only from those before them, or none.',
    ),
    samePersonTwice: choice(
      ['refused', 'firstWins', 'lastWins'],
      'What becomes of a batch that names one person twice, with two IDs.',
    ),
    sameIdTwice: choice(['refused', 'accepted'], 'What becomes of a batch that gives two people the same ID.'),
    answerOrder: choice(['asRequested', 'other'], 'Whether the answer lists people in the order of the request.'),
    longIds: choice(['accepted', 'refused'], 'Whether an ID may have 64 characters; where not, 63.'),
    underscores: choice(['accepted', 'refused'], 'Whether an ID may contain an underscore.'),
    retryAfter: choice(
      ['seconds', 'fraction', 'date', 'other', 'none'],
      'How Retry-After puts when to come back, where the target asked to slow down.',
    ),
  },
  closed,
)

export type TargetAnswers = Static<typeof TargetAnswers>
export type Question = keyof TargetAnswers
export const questions = Object.keys(TargetAnswers.properties) as Question[]

/** The question in words. */
export function inWords(question: Question): string {
  return (TargetAnswers.properties[question] as { description?: string }).description ?? ''
}

/** One call and what came back, without tokens and PINs; people and IDs have names of their own here. */
const Evidence = Type.Object(
  {
    call: Type.String(),
    status: Type.Union([Type.Integer(), Type.Null()], { description: 'Null where no answer came.' }),
    answer: Type.String(),
  },
  closed,
)

export type Evidence = Static<typeof Evidence>

export const TargetProfile = Type.Object(
  {
    target: Type.Optional(Type.String({ description: 'The base URL of the API that was asked.' })),
    probedAt: Type.Optional(Type.String({ description: 'ISO 8601.' })),
    answers: TargetAnswers,
    evidence: Type.Optional(Type.Record(Type.String(), Type.Array(Evidence))),
  },
  closed,
)

export type TargetProfile = Static<typeof TargetProfile>
