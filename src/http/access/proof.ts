import Type from 'typebox'
import { newSecret, proofOf } from '../../local/running-service.ts'
import type { Api } from '../app.ts'

const Challenge = Type.Object(
  { challenge: Type.String({ pattern: '^[A-Za-z0-9_-]{32,128}$', description: 'Random text of the caller.' }) },
  { additionalProperties: false },
)
const Proof = Type.Object({ proof: Type.String({ description: 'HMAC-SHA256, in hexadecimal.' }) })

/**
 * Proves to a command on the same machine that this is the service that its note speaks of, before that command sends its
 * token. The answer says nothing to anybody who cannot read the note.
 */
export function proof({ app }: Api, secret = newSecret()): void {
  app.get(
    '/api/proof',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Prove which service this is',
        tags: ['Service'],
        querystring: Challenge,
        response: { 200: Proof },
      },
    },
    async request => ({ proof: proofOf(secret, request.query.challenge) }),
  )
}
