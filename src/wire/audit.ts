/** The shape of an audit: as a value, as JSON and as what `compareAudits` reads back, from one schema. */
import Type, { type Static } from 'typebox'

const format = 'roomkey-audit-1'

/** What yields an ID, the most guessable first. */
export const guessClasses = [
  'emailPrefix',
  'firstInitialLastName',
  'username',
  'nameForm',
  'spelling',
  'nickname',
  'nameAndNumber',
  'nameAndWord',
  'date',
  'word',
  'short',
  'nearbyNumber',
  'number',
  'ownChoice',
  'random',
] as const

export type GuessClass = (typeof guessClasses)[number]

const Count = Type.Integer({ minimum: 0 })
const Share = Type.Number({ minimum: 0, maximum: 1 })

const CurvePoint = Type.Object({
  guesses: Count,
  rooms: Type.Number({ description: 'Expected number of rooms found; may be a fraction' }),
  share: Share,
})

export const JudgedRoom = Type.Object({
  email: Type.String(),
  firstName: Type.String(),
  lastName: Type.String(),
  username: Type.Union([Type.String(), Type.Null()]),
  personId: Type.Optional(Type.String()),
  roomId: Type.String(),
  since: Type.Optional(Type.Number({ description: 'When the room took the ID, in milliseconds since 1970' })),
  siteUrl: Type.Optional(Type.String()),
  class: Type.Enum([...guessClasses]),
  rank: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  bits: Type.Number(),
  shapeBits: Type.Number(),
  guesses: Type.Number({ description: 'Expected guesses of the cheapest attacker' }),
  reason: Type.String(),
  leaksLogin: Type.Boolean(),
  reused: Type.Boolean({ description: 'Whether another site has the same ID' }),
})

export const Audit = Type.Object(
  {
    format: Type.Literal(format),
    auditedAt: Type.String({ description: 'ISO 8601, UTC' }),
    siteUrls: Type.Array(Type.String()),
    rooms: Count,
    found: Type.Array(CurvePoint, { description: 'Rooms found within 10, 1,000 and 1,000,000 guesses per person' }),
    firstRoom: Type.Union([Type.Number(), Type.Null()], {
      description: 'Expected guesses until the first room is found',
    }),
    medianBits: Type.Union([Type.Number(), Type.Null()]),
    curve: Type.Array(CurvePoint),
    strength: Type.Array(Type.Object({ fromBits: Count, toBits: Type.Union([Count, Type.Null()]), rooms: Count }), {
      description: 'Rooms by bits, from `fromBits` inclusive to `toBits` exclusive',
    }),
    classes: Type.Array(Type.Object({ class: Type.Enum([...guessClasses]), rooms: Count })),
    ages: Type.Object({
      unknown: Count,
      medianDays: Type.Union([Type.Number(), Type.Null()]),
      oldestDays: Type.Union([Type.Number(), Type.Null()]),
      bands: Type.Array(Type.Object({ underDays: Type.Union([Count, Type.Null()]), rooms: Count })),
    }),
    loginLeaks: Type.Object({ rooms: Count }),
    reuse: Type.Object({ ids: Count, rooms: Count }),
    worst: Type.Array(JudgedRoom, { description: 'The fifty most guessable rooms' }),
  },
  { title: 'Audit' },
)

export type Audit = Static<typeof Audit>
export type JudgedRoom = Static<typeof JudgedRoom>
export const auditFormat: Audit['format'] = format
