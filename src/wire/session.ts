/** Signing in to the console. */
import Type, { type Static } from 'typebox'
import { roles, scopes } from './access.ts'
import { textOrNull } from './text.ts'

export const SignInRequest = Type.Object(
  {
    token: Type.Optional(Type.String({ maxLength: 512, description: 'An access token.' })),
    code: Type.Optional(
      Type.String({ maxLength: 64, description: 'The code in the sign-in link that the service printed.' }),
    ),
  },
  { additionalProperties: false, minProperties: 1, maxProperties: 1 },
)

export const SessionAnswer = Type.Object({
  tokenId: Type.String(),
  name: Type.String({ description: 'The name of the token.' }),
  role: Type.Enum([...roles]),
  scopes: Type.Array(Type.Enum([...scopes])),
  sites: Type.Union([Type.Array(Type.String()), Type.Null()], { description: 'Null for every site.' }),
  email: textOrNull(),
  version: Type.String({ description: 'The version of the service.' }),
})

export type SessionAnswer = Static<typeof SessionAnswer>
