/**
 * Signing in to the stand-in, by the calls that developer.webex.com describes: `/v1/authorize`, `/v1/access_token`,
 * `/v1/device/authorize`, `/v1/device/token` and `/v1/applications/{id}/token`.
 */
import type { FastifyReply } from 'fastify'
import { scopes as allScopes, type Role, roles, type Scope } from '../../../wire/access.ts'
import type { App } from '../../app.ts'
import { refuse } from '../../plumbing/errors.ts'
import { signInPage, thanksPage } from './pages.ts'
import type { SignInDesk, SignInFault, Tokens } from './sign-in-desk.ts'

type Fields = Record<string, string | undefined>

const open = { config: { access: 'public' as const }, schema: { hide: true } as object }
const pageHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action *; base-uri 'none'",
}

export function signInRoutes(app: App, desk: SignInDesk): void {
  app.register(
    async scope => {
      scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
        done(null, Object.fromEntries(new URLSearchParams(String(body)))),
      )

      scope.get('/authorize', open, async (request, reply) => {
        const asked = request.query as Fields
        const wrong = faultOf(asked)
        if (wrong !== undefined) throw refuse(400, wrong)
        if (asked.login_hint) return agree(reply, asked, asked.login_hint, undefined)
        return reply.type('text/html; charset=utf-8').headers(pageHeaders).send(signInPage('authorize', asked))
      })
      scope.post('/authorize', open, async (request, reply) => {
        const { who, role, decline, ...asked } = request.body as Fields
        const wrong = faultOf(asked)
        if (wrong !== undefined) throw refuse(400, wrong)
        if (decline !== undefined) return redirect(reply, asked, { error: 'access_denied' })
        return agree(reply, asked, who ?? '', role)
      })

      scope.post('/access_token', open, async request => {
        const given = request.body as Fields
        const clientId = clientOf(given, request.headers.authorization)
        switch (given.grant_type) {
          case 'authorization_code':
            return tokensOr(
              await desk.redeem({
                clientId,
                code: given.code ?? '',
                redirectUri: given.redirect_uri ?? '',
                verifier: given.code_verifier,
              }),
            )
          case 'refresh_token':
            return tokensOr(await desk.refresh(clientId, given.refresh_token ?? ''))
          default:
            throw refuse(400, 'unsupported_grant_type')
        }
      })

      scope.post('/device/authorize', open, async request => {
        const { client_id: clientId = '', scope: asked } = request.body as Fields
        const scopes = scopesOf(asked)
        if (clientId === '' || scopes === undefined)
          throw refuse(400, clientId === '' ? 'invalid_client' : 'invalid_scope')
        const { deviceCode, userCode, seconds, interval } = desk.beginDevice(clientId, scopes)
        const uri = `${request.protocol}://${request.host}/v1/device/verify`
        return {
          device_code: deviceCode,
          expires_in: seconds,
          user_code: userCode,
          verification_uri: uri,
          verification_uri_complete: `${uri}?user_code=${userCode}`,
          interval,
        }
      })
      scope.get('/device/verify', open, async (request, reply) =>
        reply
          .type('text/html; charset=utf-8')
          .headers(pageHeaders)
          .send(signInPage('device/verify', request.query as Fields)),
      )
      scope.post('/device/verify', open, async (request, reply) => {
        const { user_code: userCode = '', who = '', role } = request.body as Fields
        if (!desk.agreeOnDevice(userCode, { email: who || null, role: roleOf(role) })) {
          throw refuse(400, 'That code is not waited for; begin again on the other device.')
        }
        return reply.type('text/html; charset=utf-8').headers(pageHeaders).send(thanksPage)
      })
      scope.post('/device/token', open, async request => {
        const given = request.body as Fields
        return tokensOr(await desk.pollDevice(clientOf(given, request.headers.authorization), given.device_code ?? ''))
      })

      scope.post('/applications/:applicationId/token', open, async request => {
        const { clientId, clientSecret, targetOrgId } = (request.body ?? {}) as Fields
        if (!clientId || !clientSecret || !targetOrgId) {
          throw refuse(400, 'clientId, clientSecret and targetOrgId are needed.')
        }
        return desk.serviceApp(clientId)
      })
    },
    { prefix: '/v1' },
  )

  function agree(reply: FastifyReply, asked: Fields, who: string, role: string | undefined): FastifyReply {
    const grant = { clientId: asked.client_id!, email: who || null, role: roleOf(role), scopes: scopesOf(asked.scope)! }
    const challenge =
      asked.code_challenge === undefined
        ? null
        : { method: asked.code_challenge_method ?? 'plain', value: asked.code_challenge }
    return redirect(reply, asked, { code: desk.agree(grant, asked.redirect_uri!, challenge) })
  }
}

function redirect(reply: FastifyReply, { redirect_uri, state }: Fields, answer: Record<string, string>): FastifyReply {
  const url = new URL(redirect_uri!)
  for (const [name, value] of Object.entries({ ...answer, ...(state !== undefined && { state }) })) {
    url.searchParams.set(name, value)
  }
  return reply.header('cache-control', 'no-store').redirect(url.href, 302)
}

/** What keeps a browser from being sent back. */
function faultOf({
  response_type,
  client_id,
  redirect_uri = '',
  scope,
  code_challenge_method = 'S256',
}: Fields): string | undefined {
  if (response_type !== 'code') return 'response_type must be code.'
  if (!client_id) return 'client_id is missing.'
  if (!/^https?:\/\//.test(redirect_uri) || !URL.canParse(redirect_uri))
    return 'redirect_uri must be an http or https URL.'
  if (scopesOf(scope) === undefined) return `scope must name at least one of: ${allScopes.join(', ')}.`
  if (!['S256', 'plain'].includes(code_challenge_method)) return 'code_challenge_method must be S256 or plain.'
  return undefined
}

/** Undefined where one does not exist, or there is none. */
function scopesOf(text = ''): Scope[] | undefined {
  const asked = text.split(/\s+/).filter(Boolean)
  const known = allScopes.filter(scope => asked.includes(scope))
  // Webex adds this one to every integration; it has no effect here.
  return known.length > 0 && asked.every(scope => scope === 'spark:kms' || known.includes(scope as Scope))
    ? known
    : undefined
}

function roleOf(role: string | undefined): Role {
  return roles.find(known => known === role) ?? 'fullAdmin'
}

/** @throws ApiError 401 where there is no client or no secret */
function clientOf({ client_id, client_secret }: Fields, authorization: string | undefined): string {
  const basic = /^Basic (.+)$/i.exec(authorization ?? '')?.[1]
  const [id, secret] =
    basic === undefined ? [client_id, client_secret] : Buffer.from(basic, 'base64').toString().split(/:(.*)/s)
  if (!id || !secret) throw refuse(401, 'invalid_client')
  return id
}

function tokensOr(outcome: Tokens | SignInFault): Tokens {
  if (typeof outcome !== 'string') return outcome
  throw refuse(outcome === 'authorization_pending' ? 428 : outcome === 'invalid_client' ? 401 : 400, outcome)
}
