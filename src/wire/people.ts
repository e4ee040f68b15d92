/** People as Webex shows them. What Roomkey does not store is absent. */
import Type, { type Static } from 'typebox'
import { email, text } from './text.ts'

/** Roomkey's only organisation, as Webex writes one: `ciscospark://us/ORGANIZATION/…`. Clients compare it. */
export const orgId = 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi82ZjZmNmQ2Yi02NTc5LTQwMDAtODAwMC03MjZmNmY2ZDZiNjU='

export const PersonAnswer = Type.Object({
  id: Type.String(),
  emails: Type.Array(Type.String()),
  displayName: Type.String(),
  firstName: Type.String(),
  lastName: Type.String(),
  department: Type.Optional(Type.String()),
  created: Type.String({ description: 'ISO 8601.' }),
  siteUrls: Type.Array(Type.String(), {
    description:
      'The sites of this person: `example.webex.com` for a host, `example.webex.com#attendee` for an attendee.',
  }),
  sipAddresses: Type.Array(
    Type.Object({ type: Type.Literal('personal-room'), value: Type.String(), primary: Type.Boolean() }),
    { description: 'The address of the personal meeting room on each site: it changes with the ID of the room.' },
  ),
  orgId: Type.String({ description: 'The same for everybody: Roomkey knows one organisation.' }),
  invitePending: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
  loginEnabled: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
  type: Type.Literal('person'),
})

export const PeopleAnswer = Type.Object({
  items: Type.Array(PersonAnswer),
  notFoundIds: Type.Optional(Type.Array(Type.String())),
})

const notKept = Type.Optional(Type.Unknown({ description: 'Accepted but not stored.' }))

/** What Webex accepts and Roomkey has no use for. */
const unused = Object.fromEntries(
  [
    'phoneNumbers',
    'extension',
    'locationId',
    'nickName',
    'avatar',
    'orgId',
    'roles',
    'licenses',
    'manager',
    'managerId',
    'title',
    'addresses',
  ].map(name => [name, notKept]),
)

/** Both forms that Webex documents: a boolean in requests, a text in answers. */
const loginEnabled = Type.Optional(
  Type.Union([Type.Boolean(), Type.Enum(['true', 'false'])], {
    description: 'Roomkey has no sign-in to switch off: false is refused.',
  }),
)

/** What an answer has and cannot be changed. */
const readOnly = Object.fromEntries(
  [
    'id',
    'created',
    'lastModified',
    'lastActivity',
    'timezone',
    'status',
    'sipAddresses',
    'invitePending',
    'type',
    'xmppFederationJid',
  ].map(name => [name, Type.Optional(Type.Unknown({ description: 'Read-only: may be sent back as it was read.' }))]),
)

const names = {
  displayName: Type.Optional(text('The full name.')),
  firstName: Type.Optional(text('The first name.')),
  lastName: Type.Optional(text('The last name.')),
  department: Type.Optional(text('The department.')),
  siteUrls: Type.Optional(
    Type.Array(text('`example.webex.com` for a host, `example.webex.com#attendee` for an attendee.'), {
      maxItems: 100,
      uniqueItems: true,
      description: 'The sites. On creation, default: a host on the default site.',
    }),
  ),
}

const emails = Type.Array(email('The e-mail address.'), { minItems: 1, maxItems: 1 })

export const NewPersonRequest = Type.Object(
  { emails, ...names, ...unused, loginEnabled },
  { additionalProperties: false },
)

export const PersonUpdate = Type.Object(
  {
    emails: Type.Optional(emails),
    ...names,
    displayName: text('The full name.'),
    ...unused,
    loginEnabled,
    ...readOnly,
  },
  { additionalProperties: false },
)

export type PersonAnswer = Static<typeof PersonAnswer>
export type PeopleAnswer = Static<typeof PeopleAnswer>
export type NewPersonRequest = Static<typeof NewPersonRequest>
export type PersonUpdate = Static<typeof PersonUpdate>
