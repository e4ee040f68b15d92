/**
 * Signing in to Webex by authorization code with PKCE (RFC 7636), and renewing the sign-in. Endpoints as documented on
 * developer.webex.com: `GET /v1/authorize`, `POST /v1/access_token`.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Fetch } from '../calls/calls.ts'
import { post, toSignedIn } from './token-answers.ts'
import type { SignedIn } from './token-source.ts'

/** The integration that an administrator registered on developer.webex.com. */
export interface SignInApp {
  baseUrl: string
  clientId: string
  clientSecret: string
}

/** The scopes of an administrator that a rotation needs. */
export const signInScopes = [
  'meeting:admin_preferences_read',
  'meeting:admin_preferences_write',
  'meeting:admin_config_read',
  'meeting:admin_config_write',
  'spark-admin:people_read',
]

export interface Challenge {
  state: string
  verifier: string
  /** The URL to open in the browser. */
  url: string
}

/** Begins a sign-in by authorization code: the URL to open, and what to remember until the code comes back. */
export function beginSignIn(app: SignInApp, redirectUri: string): Challenge {
  const state = randomBytes(24).toString('base64url')
  const verifier = randomBytes(48).toString('base64url')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: redirectUri,
    scope: signInScopes.join(' '),
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  return { state, verifier, url: `${app.baseUrl}/authorize?${query}` }
}

export async function redeemCode(
  fetch: Fetch,
  app: SignInApp,
  given: { code: string; verifier: string; redirectUri: string },
  now: number,
): Promise<SignedIn> {
  const { code, verifier, redirectUri } = given
  const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri }
  return toSignedIn(await askForTokens(fetch, app, form), now, signInScopes)
}

export async function renewSignIn(fetch: Fetch, app: SignInApp, before: SignedIn, now: number): Promise<SignedIn> {
  const form = { grant_type: 'refresh_token', refresh_token: before.refreshToken }
  return toSignedIn(await askForTokens(fetch, app, form), now, before.scopes, before)
}

function askForTokens(fetch: Fetch, { baseUrl, clientId, clientSecret }: SignInApp, form: Record<string, string>) {
  return post(fetch, `${baseUrl}/access_token`, { ...form, client_id: clientId, client_secret: clientSecret })
}
