/**
 * Reads the answers of a sign-in service. Only the status of an answer is ever shown: the rest may repeat what was
 * sent.
 */

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { type Message, message } from '../../messages/message.ts'
import { dayMs } from '../../time.ts'
import type { Fetch } from '../calls/calls.ts'
import { TargetError } from '../calls/target-error.ts'
import type { SignedIn } from './token-source.ts'

const Tokens = Compile(
  Type.Object({
    access_token: Type.String(),
    expires_in: Type.Number(),
    // A renewal may leave the refresh token unchanged, and then omits it.
    refresh_token: Type.Optional(Type.String()),
    refresh_token_expires_in: Type.Optional(Type.Number()),
    // The granted scopes may be omitted where all requested ones were granted (RFC 6749, section 5.1).
    scope: Type.Optional(Type.String()),
  }),
)

const ninetyDaysMs = 90 * dayMs

export interface Posted {
  status: number
  json: unknown
}

/** @param before the sign-in that this one renews. @throws TargetError */
export function toSignedIn(answer: Posted, now: number, askedFor: string[], before?: SignedIn): SignedIn {
  const { status, json } = answer
  if (status === 429 || status >= 500) throw unreachable(message('responseStatus', { status: String(status) }))
  if (status !== 200 || !Tokens.Check(json)) throw refusedSignIn(answer)
  const refreshToken = json.refresh_token ?? before?.refreshToken
  if (refreshToken === undefined) throw refusedSignIn(answer)
  const lasts = json.refresh_token_expires_in
  return {
    accessToken: json.access_token,
    accessExpiresAt: now + json.expires_in * 1000,
    refreshToken,
    refreshExpiresAt: lasts === undefined ? (before?.refreshExpiresAt ?? now + ninetyDaysMs) : now + lasts * 1000,
    scopes: json.scope?.split(' ') ?? askedFor,
  }
}

export function refusedSignIn({ status }: Posted): TargetError {
  return new TargetError('denied', message('signInRefused', { status: String(status) }), { status })
}

function unreachable(reason: Message): TargetError {
  return new TargetError('down', message('signInDown', { reason }))
}

/** @throws TargetError where no answer comes. */
export function post(
  fetch: Fetch,
  url: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Posted> {
  const type = 'application/x-www-form-urlencoded'
  return send(fetch, url, new URLSearchParams(form).toString(), { 'content-type': type, ...headers })
}

/** @throws TargetError where no answer comes. */
export function postJson(fetch: Fetch, url: string, body: object, token: string): Promise<Posted> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  return send(fetch, url, JSON.stringify(body), headers)
}

async function send(fetch: Fetch, url: string, body: string, headers: Record<string, string>): Promise<Posted> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(60_000),
    })
    return { status: response.status, json: parsed(await response.text()) }
  } catch {
    throw unreachable(message('signInNoConnection', { host: new URL(url).host }))
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
