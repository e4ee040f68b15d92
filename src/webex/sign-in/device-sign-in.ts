/**
 * Signing in without a browser on this machine: the device grant (RFC 8628), `POST /v1/device/authorize` and
 * `/v1/device/token`.
 */
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { message } from '../../messages/message.ts'
import type { Fetch } from '../calls/calls.ts'
import type { Clock } from '../calls/clock.ts'
import { TargetError } from '../calls/target-error.ts'
import { type SignInApp, signInScopes } from './sign-in.ts'
import { post, refusedSignIn, toSignedIn } from './token-answers.ts'
import type { SignedIn } from './token-source.ts'

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

/** Polls until the person has agreed on the other device: 428 means not yet, 400 with `slow_down` means less often. */
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
    if (answer.status === 200) return toSignedIn(answer, clock.now(), signInScopes)
    if (JSON.stringify(answer.json ?? '').includes('slow_down')) intervalMs += 5000
    else if (answer.status !== 428) throw refusedSignIn(answer)
  }
  throw new TargetError('denied', message('signInTimedOut'))
}
