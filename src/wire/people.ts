/** People as Webex shows them. What Roomkey does not keep is absent. */
import Type, { type Static } from 'typebox'

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
  invitePending: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
  loginEnabled: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
  type: Type.Literal('person'),
})

export const PeopleAnswer = Type.Object({
  items: Type.Array(PersonAnswer),
  notFoundIds: Type.Optional(Type.Array(Type.String())),
})

export type PersonAnswer = Static<typeof PersonAnswer>
export type PeopleAnswer = Static<typeof PeopleAnswer>
