/** The calls under /_roomkey, for tests: seeds, faults by rule, the clock, and the calls that came in. */
import Type, { type Static } from 'typebox'
import { roles, scopes } from './access.ts'
import { siteRule } from './sites.ts'
import { email, text, textOrNull } from './text.ts'

const closed = { additionalProperties: false }

const SeedPerson = Type.Object(
  {
    email: email('The address; no two people of a site have the same.'),
    personId: Type.Optional(text("Webex's ID of the person. Default: a new one.", 512)),
    firstName: Type.Optional(text('Default: taken from the address.', 128)),
    lastName: Type.Optional(text('', 128)),
    displayName: Type.Optional(text('Default: both names.', 256)),
    department: Type.Optional(text('', 256)),
    host: Type.Optional(Type.Boolean({ description: 'Default: true. Attendees have no room.' })),
    suspended: Type.Optional(Type.Boolean()),
    pinned: Type.Optional(Type.Boolean()),
    personalMeetingRoomId: Type.Optional(text("The room's ID. Default: one by the site's rule.", 128)),
  },
  closed,
)

const SeedMeeting = Type.Object(
  {
    id: Type.Optional(
      Type.String({ pattern: '^[0-9a-f]{32}$', description: 'Default: the same for the same seed each time.' }),
    ),
    hostEmail: email('The host, in whose room it is.'),
    title: text('', 128),
    agenda: Type.Optional(Type.String({ maxLength: 1300 })),
    start: text('ISO 8601, in `timezone` unless it says otherwise. May be in the past.', 64),
    end: text('', 64),
    timezone: Type.Optional(text('Of the IANA database. Default: UTC.', 64)),
    recurrence: Type.Optional(text('RFC 2445. Default: a single meeting.', 256)),
    invitees: Type.Optional(Type.Array(email('Who is invited.'), { maxItems: 1000 })),
    exceptions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            occurrence: text('When the rule has it.', 64),
            start: Type.Optional(text('When it is instead. Without `start` and `end`, it was cancelled.', 64)),
            end: Type.Optional(text('', 64)),
            title: Type.Optional(text('', 128)),
          },
          closed,
        ),
        { maxItems: 1000 },
      ),
    ),
  },
  closed,
)

const SeedSite = Type.Object(
  {
    siteUrl: text('The site, e.g. `example.webex.com`.'),
    ...Type.Partial(Type.Object(siteRule)).properties,
    allowCustomUrl: Type.Optional(Type.Boolean({ description: 'Whether hosts may choose the ID of their own room.' })),
    people: Type.Optional(Type.Array(SeedPerson, { maxItems: 100_000 })),
    meetings: Type.Optional(Type.Array(SeedMeeting, { maxItems: 10_000, description: 'In the rooms of its people.' })),
  },
  closed,
)

const SeedToken = Type.Object(
  {
    token: Type.Optional(text('The token itself, so that a test can name it. Default: a new one.', 512)),
    name: Type.Optional(text('What it is for.', 128)),
    role: Type.Optional(Type.Enum([...roles], { description: 'Default: fullAdmin.' })),
    scopes: Type.Optional(Type.Array(Type.Enum([...scopes]), { description: 'Default: all of them.' })),
    sites: Type.Optional(Type.Array(text('A site.'), { description: 'Default: every site.' })),
    email: Type.Optional(email('Whose token it is.')),
    expiresAt: Type.Optional(
      Type.String({ description: "ISO 8601, by the service's clock. Default: it never expires." }),
    ),
  },
  closed,
)

const SeedWebhook = Type.Object(
  {
    name: Type.Optional(text('', 128)),
    targetUrl: text('Where messages go; private addresses are allowed here.', 2048),
    secret: Type.Optional(text('What messages are signed with.', 256)),
    event: Type.Optional(Type.String({ description: '`created`, `updated`, `deleted` or `all`. Default: all.' })),
  },
  closed,
)

export const Seed = Type.Object(
  {
    sites: Type.Optional(Type.Array(SeedSite)),
    tokens: Type.Optional(Type.Array(SeedToken)),
    webhooks: Type.Optional(Type.Array(SeedWebhook)),
  },
  { ...closed, description: 'What a service holds. It is added to what is there, all or nothing.' },
)

export const SeedAnswer = Type.Object({
  people: Type.Integer({ description: 'How many were added.' }),
  tokens: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), token: Type.String() })),
  webhooks: Type.Array(Type.Object({ id: Type.String(), targetUrl: Type.String() })),
})

/** What goes wrong: exactly one of these. */
const Effect = Type.Union(
  [
    Type.Object(
      {
        status: Type.Integer({ minimum: 400, maximum: 599, description: 'Answered with its documented body.' }),
        body: Type.Optional(Type.Unknown({ description: 'Another body: JSON, or a text as it is.' })),
        retryAfter: Type.Optional(
          Type.Union([Type.Integer(), Type.String()], { description: 'As it is sent, well formed or not.' }),
        ),
      },
      closed,
    ),
    Type.Object(
      {
        drop: Type.Enum(['beforeCommit', 'afterCommit'], {
          description: 'The connection is closed without an answer, before or after the call has done its work.',
        }),
      },
      closed,
    ),
    Type.Object(
      { reset: Type.Literal(true, { description: 'The connection is reset (RST) before any work.' }) },
      closed,
    ),
    Type.Object(
      { truncate: Type.Integer({ minimum: 0, description: 'The answer ends after this many bytes of its body.' }) },
      closed,
    ),
    Type.Object({ slowMs: Type.Integer({ minimum: 0, description: "By the service's clock." }) }, closed),
    Type.Object(
      { halfApplied: Type.Literal(true, { description: 'The first half of a batch is refreshed, then it is 500.' }) },
      closed,
    ),
    Type.Object(
      { staleSeconds: Type.Integer({ minimum: 1, description: 'The answer shows rooms as they were then.' }) },
      closed,
    ),
  ],
  { description: 'What happens to a call that the rule matches.' },
)

export const FaultRule = Type.Object(
  {
    call: Type.Optional(
      text(
        'A call by name, e.g. `refreshId`, or by method and path, e.g. `GET /people`. Default: every call of Webex.',
      ),
    ),
    person: Type.Optional(text('Calls that name this person by e-mail address or person ID.')),
    site: Type.Optional(text('Calls that name this site.')),
    between: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 2,
        maxItems: 2,
        description: "From the first time on, until before the second one: ISO 8601, by the service's clock.",
      }),
    ),
    nth: Type.Optional(
      Type.Integer({ minimum: 1, description: 'The first call to hit, counted among those that match. Default: 1.' }),
    ),
    times: Type.Optional(
      Type.Integer({ minimum: 1, description: 'How many calls it hits. Default: all, until it is removed.' }),
    ),
    fault: Effect,
  },
  closed,
)

export const StandingRule = Type.Object({
  id: Type.String(),
  rule: FaultRule,
  matched: Type.Integer({ description: 'Calls that matched.' }),
  hit: Type.Integer({ description: 'Calls that it was applied to.' }),
})

const ms = Type.Number({ minimum: 0 })

export const ClockChange = Type.Object(
  {
    set: Type.Optional(Type.String({ description: 'ISO 8601. Backwards too; forwards, see advance.' })),
    advance: Type.Optional(
      Type.Union([ms, Type.String()], {
        description:
          'Milliseconds, or e.g. `90s`, `31m`, `12h`, `31d`. What falls due happens, in order, before the answer.',
      }),
    ),
    freeze: Type.Optional(Type.Boolean({ description: 'Stops the clock, or lets it go on.' })),
    scale: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1_000_000, description: 'How fast it goes.' })),
  },
  closed,
)

export const ClockAnswer = Type.Object({
  now: Type.String({ description: 'ISO 8601.' }),
  frozen: Type.Boolean(),
  scale: Type.Number(),
})

export const RecordedCall = Type.Object({
  number: Type.Integer({ description: 'From 1, in the order in which calls came in.' }),
  at: Type.String({ description: "ISO 8601, by the service's clock." }),
  call: textOrNull('The name of the call; null for what is not a call of Webex.'),
  method: Type.String(),
  url: Type.String({ description: 'Path and query, as they came in.' }),
  headers: Type.Record(Type.String(), Type.String(), { description: 'Without the token and cookies.' }),
  body: Type.Unknown(),
  token: textOrNull('The ID of the token; null for none or an unknown one.'),
  status: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Null until there is an answer, or if it was lost.',
  }),
  answer: Type.Unknown(),
  fault: textOrNull('The ID of the rule that was applied to it.'),
})

export const SignInChange = Type.Object(
  {
    accessSeconds: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'How long access tokens that are issued from now on live. Default: 14 days.',
      }),
    ),
    refuseRefresh: Type.Optional(Type.Boolean({ description: 'Whether renewals are refused.' })),
  },
  closed,
)

export type SignInChange = Static<typeof SignInChange>
export type Seed = Static<typeof Seed>
export type SeedAnswer = Static<typeof SeedAnswer>
export type FaultRule = Static<typeof FaultRule>
export type Effect = Static<typeof Effect>
export type StandingRule = Static<typeof StandingRule>
export type ClockChange = Static<typeof ClockChange>
export type ClockAnswer = Static<typeof ClockAnswer>
export type RecordedCall = Static<typeof RecordedCall>
