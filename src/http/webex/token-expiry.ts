import Type from 'typebox'
import { findTokenById } from '../../store/access/tokens.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { callerOf } from '../access/auth.ts'
import { anyAccess } from '../access/scopes.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'

const Expiry = Type.Object({
  exp: Type.Integer({ description: 'When the token of this call ends: milliseconds since 1970.' }),
})

/** When the caller's own token ends. Webex's tokens always do; one of ours that never ends is answered 404. */
export function tokenExpiry({ app, store }: Api): void {
  app.get(
    '/authorizations/tokenExpiry',
    {
      config: { access: anyAccess },
      schema: {
        summary: 'Get Token Expiration Status',
        tags: ['Authorizations'],
        response: { 200: Expiry, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const token = await findTokenById(store.db, callerOf(request).tokenId)
      if (token?.expires_at == null) throw refuse(404, 'This token does not expire.')
      return { exp: token.expires_at }
    },
  )
}
