/** The connection of a service to Webex. Times are ISO 8601. No answer holds a token or a secret. */
import Type, { type Static } from 'typebox'
import { textOrNull } from './nullable.ts'

const closed = { additionalProperties: false }

export const WebexTokenRequest = Type.Object(
  {
    token: Type.String({
      pattern: '^[\\x21-\\x7e]{1,4096}$',
      description: 'An access token of an administrator, as developer.webex.com shows it.',
    }),
  },
  closed,
)

const credential = (description: string) =>
  Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]{1,512}$', description }))

export const WebexSignInRequest = Type.Object(
  {
    clientId: credential('The client ID of your integration; where it is left out, the one that the service knows.'),
    clientSecret: credential('Its client secret.'),
  },
  closed,
)

export const WebexSignInAnswer = Type.Object({
  url: Type.String({ description: 'What to open in the browser that asked for it. Good once, for ten minutes.' }),
})

export const WebexConnectionAnswer = Type.Object({
  url: Type.String({ description: 'The API that rotations of Webex speak to.' }),
  by: Type.Union([Type.Enum(['signIn', 'token', 'environment']), Type.Null()], {
    description: 'Connected by a sign-in, by a pasted token, or by WEBEX_ACCESS_TOKEN; null where it is not.',
  }),
  who: Type.Union([Type.Object({ name: Type.String(), email: Type.String() }), Type.Null()], {
    description: 'Whose rights it has, where Webex told.',
  }),
  scopes: Type.Union([Type.Array(Type.String()), Type.Null()], {
    description: 'What was granted; null for a pasted token, of which Webex does not tell.',
  }),
  since: textOrNull(),
  tokenUntil: textOrNull(
    'When the access token ends that a sign-in renews; null for others, of which Webex does not tell.',
  ),
  until: textOrNull('When a sign-in ends unless it is renewed before.'),
  clientId: textOrNull('The integration that a sign-in would use; null where it has to be given.'),
})

export type WebexConnectionAnswer = Static<typeof WebexConnectionAnswer>
