/** Asks whose token it is: `GET /v1/people/me`. */
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { message } from '../../messages/message.ts'
import { call, type Fetch } from '../calls/calls.ts'
import { TargetError } from '../calls/target-error.ts'
import { staticToken } from './token-source.ts'

export interface Me {
  personId: string
  email: string
  name: string
}

const Answer = Compile(
  Type.Object({ id: Type.String(), emails: Type.Array(Type.String()), displayName: Type.Optional(Type.String()) }),
)

/** @throws TargetError `denied` where the token is not accepted. */
export async function readMe(fetch: Fetch, baseUrl: string, token: string): Promise<Me> {
  const { host } = new URL(baseUrl)
  const answer = await call({ fetch, token: staticToken(token) }, { method: 'GET', url: `${baseUrl}/people/me` })
  if (answer.kind !== 'response' || answer.status >= 500 || answer.status === 429) {
    throw new TargetError('down', message('hostDown', { host }))
  }
  const { status, json, trackingId } = answer
  if (status !== 200) {
    const words = message('hostDeniesToken', { host, status: String(status) })
    throw new TargetError('denied', words, { status, trackingId })
  }
  if (!Answer.Check(json)) {
    throw new TargetError('unexpected', message('hostUnexpected', { host }), { trackingId })
  }
  const email = json.emails[0] ?? ''
  return { personId: json.id, email, name: json.displayName ?? email }
}
