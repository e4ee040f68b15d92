/** The service's connection to Webex. Times are ISO 8601. No answer holds a token or a secret. */
import Type, { type Static } from 'typebox'
import { textOrNull } from './text.ts'

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
    clientId: credential('The client ID of your integration. Default: the one that the service knows.'),
    clientSecret: credential('Its client secret.'),
  },
  closed,
)

export const WebexSignInAnswer = Type.Object({
  url: Type.String({ description: 'The URL to open in the browser that asked for it. Works once, for ten minutes.' }),
})

export const WebexConnectionAnswer = Type.Object({
  url: Type.String({ description: 'The API that rotations of Webex use.' }),
  by: Type.Union([Type.Enum(['signIn', 'token', 'environment']), Type.Null()], {
    description: 'Connected by a sign-in, by a pasted token, or by WEBEX_ACCESS_TOKEN; null where it is not connected.',
  }),
  who: Type.Union([Type.Object({ name: Type.String(), email: Type.String() }), Type.Null()], {
    description: 'Whose rights it has, where known.',
  }),
  scopes: Type.Union([Type.Array(Type.String()), Type.Null()], {
    description: 'The granted scopes; null for a pasted token, for which they are unknown.',
  }),
  since: textOrNull(),
  tokenUntil: textOrNull(
    'When the access token expires: that of a sign-in unless it is renewed. Null where Webex does not say.',
  ),
  until: textOrNull('When a sign-in expires unless it is renewed before.'),
  clientId: textOrNull('The integration that a sign-in would use; null where it must be given.'),
})

export type WebexConnectionAnswer = Static<typeof WebexConnectionAnswer>
