/** Access tokens under /api. Times are ISO 8601. */
import Type, { type Static } from 'typebox'
import { roles, scopes } from './access.ts'
import { email, text, textOrNull } from './text.ts'

export const NewTokenRequest = Type.Object(
  {
    name: text('What the token is for.', 128),
    role: Type.Enum([...roles]),
    scopes: Type.Array(Type.Enum([...scopes]), { minItems: 1, uniqueItems: true }),
    sites: Type.Optional(
      Type.Union([Type.Array(text('A site.'), { minItems: 1, maxItems: 1000 }), Type.Null()], {
        description: 'The sites that it is for. Default: every site.',
      }),
    ),
    email: Type.Optional(email("Whose token it is, for calls about one's own room.")),
    expiresAt: Type.Optional(Type.String({ description: 'ISO 8601. Default: it never expires.' })),
    ownToken: Type.Optional(
      text('Your own token, in a console session, for one that lasts longer than the session.', 512),
    ),
  },
  { additionalProperties: false },
)

export const TokenAnswer = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role: Type.String(),
  scopes: Type.Array(Type.String()),
  sites: Type.Union([Type.Array(Type.String()), Type.Null()]),
  email: textOrNull(),
  madeBy: textOrNull(
    'The ID of the token that it was made with, or `command-line:` and a user; null for the first ones.',
  ),
  createdAt: Type.String(),
  expiresAt: textOrNull(),
  revokedAt: textOrNull(),
})

export const NewTokenAnswer = Type.Object({
  ...TokenAnswer.properties,
  token: Type.String({ description: 'The token itself, shown only this once: Roomkey stores only its hash.' }),
})

export type TokenAnswer = Static<typeof TokenAnswer>
