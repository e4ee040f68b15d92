/**
 * The part of Webex that Roomkey needs, over a socket: sign-in by authorization code with PKCE, single-use codes and
 * expiring tokens, and behind it the rooms of the target double.
 */
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { systemClock } from '#roomkey/webex/calls/clock.js'
import { makeTarget, type TargetDouble, type Weaknesses } from '../rotations/target-double.ts'

export const integration = { clientId: 'C-test-integration', clientSecret: 'secret-of-the-integration' }

export interface WebexServer {
  /** Its base URL, with `/v1`. */
  url: string
  target: TargetDouble
  /** The lifetime in seconds of the access tokens that it issues from now on. */
  lifetime: number
  /** How often a token was renewed. */
  renewals: number
  /** Whether people confirm the sign-in when asked. */
  agrees: boolean
  /** Every token, code and secret that ever went over the wire. */
  secrets: Set<string>
  /** Issues a token like those that people copy from the developer pages. */
  makeToken(seconds?: number): string
  /** Revokes a token. */
  revoke(token: string): void
  /** Answers its next sign-in requests with 503. */
  signInDown: boolean
  close(): Promise<void>
}

interface Code {
  challenge: string
  redirectUri: string
}

export async function startWebex(rooms: Map<string, string>, weak: Weaknesses = {}): Promise<WebexServer> {
  const target = makeTarget(rooms, systemClock, weak)
  const codes = new Map<string, Code>()
  const access = new Map<string, number>()
  const refresh = new Set<string>()
  const make = (what: string) => {
    const made = `${what}-${randomBytes(12).toString('hex')}`
    webex.secrets.add(made)
    return made
  }

  const server = createServer(async (request, response) => {
    const { status, headers = {}, body } = await answer(request)
    response.writeHead(status, { 'content-type': 'application/json', trackingid: 'WEBEX_1', ...headers })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const webex: WebexServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    target,
    lifetime: 3600 * 24 * 14,
    renewals: 0,
    agrees: true,
    secrets: new Set([integration.clientSecret]),
    makeToken(seconds = webex.lifetime) {
      const token = make('access')
      access.set(token, Date.now() + seconds * 1000)
      return token
    },
    revoke: token => void access.delete(token),
    signInDown: false,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return webex

  async function answer(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '/', webex.url)
    const body = await text(request)
    if (url.pathname === '/v1/authorize') return authorize(url.searchParams)
    if (url.pathname === '/v1/access_token') return giveTokens(new URLSearchParams(body))
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    webex.secrets.add(token)
    if ((access.get(token) ?? 0) <= Date.now()) return { status: 401, body: { message: 'Who are you?' } }
    if (url.pathname === '/v1/people/me') {
      return { status: 200, body: { id: 'id-anna', emails: ['anna@example.com'], displayName: 'Anna Admin' } }
    }
    const answered = await target.fetch(url.href, {
      method: request.method ?? 'GET',
      headers: request.headers as Record<string, string>,
      ...(body !== '' && { body }),
    })
    return {
      status: answered.status,
      headers: Object.fromEntries(answered.headers),
      body: await answered.json(),
    }
  }

  /** The page on which people confirm the sign-in, without the page. */
  function authorize(query: URLSearchParams): Answer {
    const asked = Object.fromEntries(query)
    const right =
      asked.response_type === 'code' &&
      asked.client_id === integration.clientId &&
      asked.code_challenge_method === 'S256' &&
      /^[\w-]{43}$/.test(asked.code_challenge ?? '') &&
      (asked.scope ?? '').includes('meeting:admin_preferences_write')
    if (!right || !URL.canParse(asked.redirect_uri ?? '')) return { status: 400, body: { message: 'bad request' } }
    const back = new URL(asked.redirect_uri!)
    back.searchParams.set('state', asked.state ?? '')
    if (webex.agrees) {
      const code = make('code')
      codes.set(code, { challenge: asked.code_challenge!, redirectUri: asked.redirect_uri! })
      back.searchParams.set('code', code)
    } else back.searchParams.set('error', 'access_denied')
    return { status: 302, headers: { location: back.href } }
  }

  function giveTokens(form: URLSearchParams): Answer {
    if (webex.signInDown) return { status: 503, body: { message: 'later' } }
    const sent = Object.fromEntries(form)
    for (const name of ['code_verifier', 'refresh_token']) if (sent[name] !== undefined) webex.secrets.add(sent[name])
    const refused = { status: 400, body: { message: `invalid_grant ${form}` } }
    if (sent.client_id !== integration.clientId || sent.client_secret !== integration.clientSecret) return refused
    if (sent.grant_type === 'authorization_code') {
      const code = codes.get(sent.code ?? '')
      codes.delete(sent.code ?? '')
      const verified = createHash('sha256')
        .update(sent.code_verifier ?? '')
        .digest('base64url')
      if (code === undefined || code.challenge !== verified || code.redirectUri !== sent.redirect_uri) return refused
    } else {
      // As the strictest services do: a refresh token works once.
      if (sent.grant_type !== 'refresh_token' || !refresh.delete(sent.refresh_token ?? '')) return refused
      webex.renewals += 1
    }
    const refreshToken = make('refresh')
    refresh.add(refreshToken)
    const body = {
      access_token: webex.makeToken(),
      expires_in: webex.lifetime,
      refresh_token: refreshToken,
      refresh_token_expires_in: 7_776_000,
      token_type: 'Bearer',
    }
    return { status: 200, body }
  }
}

interface Answer {
  status: number
  headers?: Record<string, string>
  body?: unknown
}
