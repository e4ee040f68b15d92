/** Asks when a token ends: `GET /v1/authorizations/tokenExpiry`, as developer.webex.com describes it. */
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { call, type Fetch } from '../calls/calls.ts'
import { staticToken } from './token-source.ts'

const Answer = Compile(Type.Object({ exp: Type.Number() }))

/** Milliseconds since 1970; null where the target does not say. */
export async function readTokenExpiry(fetch: Fetch, baseUrl: string, token: string): Promise<number | null> {
  const url = `${baseUrl}/authorizations/tokenExpiry`
  const answer = await call({ fetch, token: staticToken(token) }, { method: 'GET', url })
  return answer.kind === 'response' && answer.status === 200 && Answer.Check(answer.json) ? answer.json.exp : null
}
