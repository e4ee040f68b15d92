/**
 * Signing in to Webex for a command line: by authorization code with PKCE (RFC 7636) on a loopback address, or by the
 * device grant (RFC 8628) where there is no browser. Endpoints as documented on developer.webex.com:
 * `GET /v1/authorize`, `POST /v1/access_token`, `POST /v1/device/authorize`, `POST /v1/device/token`.
 */
import { createHash, randomBytes } from 'node:crypto'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Fetch } from './calls.ts'
import type { Clock } from './clock.ts'
import { TargetError } from './target-error.ts'
import type { SignedIn } from './token-source.ts'

/** The integration that an administrator registered on developer.webex.com. */
export interface SignInApp {
  baseUrl: string
  clientId: string
  clientSecret: string
}

/** All that a rotation needs of an administrator. */
export const signInScopes = [
  'meeting:admin_preferences_read',
  'meeting:admin_preferences_write',
  'meeting:admin_config_read',
  'meeting:admin_config_write',
  'spark-admin:people_read',
]

const Tokens = Compile(
  Type.Object({
    access_token: Type.String(),
    expires_in: Type.Number(),
    refresh_token: Type.String(),
    refresh_token_expires_in: Type.Optional(Type.Number()),
  }),
)

const DeviceCode = Compile(
  Type.Object({
    device_code: Type.String(),
    user_code: Type.String(),
    verification_uri: Type.String(),
    verification_uri_complete: Type.Optional(Type.String()),
    expires_in: Type.Number(),
    interval: Type.Optional(Type.Number()),
  }),
)

const ninetyDaysSeconds = 90 * 24 * 60 * 60

export interface Challenge {
  state: string
  verifier: string
  /** Where the browser goes. */
  url: string
}

/** Begins a sign-in by authorization code: what to open, and what to remember until the code comes back. */
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

export function redeemCode(
  fetch: Fetch,
  app: SignInApp,
  given: { code: string; verifier: string; redirectUri: string },
  now: number,
): Promise<SignedIn> {
  return askForTokens(
    fetch,
    app,
    {
      grant_type: 'authorization_code',
      code: given.code,
      code_verifier: given.verifier,
      redirect_uri: given.redirectUri,
    },
    now,
  )
}

export function renewSignIn(fetch: Fetch, app: SignInApp, refreshToken: string, now: number): Promise<SignedIn> {
  return askForTokens(fetch, app, { grant_type: 'refresh_token', refresh_token: refreshToken }, now)
}

export interface DeviceSignIn {
  deviceCode: string
  userCode: string
  verificationUri: string
  intervalMs: number
  expiresAt: number
}

export async function beginDeviceSignIn(fetch: Fetch, app: SignInApp, now: number): Promise<DeviceSignIn> {
  const answer = await post(fetch, `${app.baseUrl}/device/authorize`, {
    client_id: app.clientId,
    scope: signInScopes.join(' '),
  })
  if (answer.status !== 200 || !DeviceCode.Check(answer.json)) throw refusedSignIn(answer)
  const { device_code, user_code, verification_uri, verification_uri_complete, expires_in, interval = 5 } = answer.json
  return {
    deviceCode: device_code,
    userCode: user_code,
    verificationUri: verification_uri_complete ?? verification_uri,
    intervalMs: interval * 1000,
    expiresAt: now + expires_in * 1000,
  }
}

/** Asks until the person has agreed elsewhere: 428 means not yet, 400 with `slow_down` means less often. */
export async function awaitDeviceSignIn(
  fetch: Fetch,
  app: SignInApp,
  device: DeviceSignIn,
  clock: Clock,
): Promise<SignedIn> {
  const secret = Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')
  let { intervalMs } = device
  while (clock.now() < device.expiresAt) {
    await clock.sleep(intervalMs)
    const answer = await post(
      fetch,
      `${app.baseUrl}/device/token`,
      {
        client_id: app.clientId,
        device_code: device.deviceCode,
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      },
      { authorization: `Basic ${secret}` },
    )
    if (answer.status === 200) return toSignedIn(answer, clock.now())
    if (JSON.stringify(answer.json ?? '').includes('slow_down')) intervalMs += 5000
    else if (answer.status !== 428) throw refusedSignIn(answer)
  }
  throw new TargetError('denied', 'Nobody agreed to the sign-in in time; run roomkey login again.')
}

async function askForTokens(
  fetch: Fetch,
  app: SignInApp,
  form: Record<string, string>,
  now: number,
): Promise<SignedIn> {
  const credentials = { client_id: app.clientId, client_secret: app.clientSecret }
  return toSignedIn(await post(fetch, `${app.baseUrl}/access_token`, { ...form, ...credentials }), now)
}

interface Posted {
  status: number
  json: unknown
}

function toSignedIn(answer: Posted, now: number): SignedIn {
  if (answer.status !== 200 || !Tokens.Check(answer.json)) throw refusedSignIn(answer)
  const { access_token, expires_in, refresh_token, refresh_token_expires_in = ninetyDaysSeconds } = answer.json
  return {
    accessToken: access_token,
    accessExpiresAt: now + expires_in * 1000,
    refreshToken: refresh_token,
    refreshExpiresAt: now + refresh_token_expires_in * 1000,
  }
}

/** Tells the status alone: an answer to a sign-in may repeat what was sent. */
function refusedSignIn({ status }: Posted): TargetError {
  return new TargetError(
    'denied',
    `The sign-in was refused (${status}); check the client ID and secret, then run roomkey login again.`,
    {
      status,
    },
  )
}

async function post(
  fetch: Fetch,
  url: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Posted> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...headers },
      body: new URLSearchParams(form).toString(),
      redirect: 'manual',
      signal: AbortSignal.timeout(60_000),
    })
    const text = await response.text()
    return { status: response.status, json: text === '' ? undefined : JSON.parse(text) }
  } catch {
    throw new TargetError(
      'down',
      `${new URL(url).host} cannot be reached to sign in; check the connection, then try again.`,
    )
  }
}
