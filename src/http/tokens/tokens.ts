/** Access tokens. No caller can create one with more rights than their own. */
import { randomUUID } from 'node:crypto'
import Type, { type Static } from 'typebox'
import { message } from '../../messages/message.ts'
import { hashToken, listTokens, makeToken, type NewToken, type Token } from '../../store/access/tokens.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { text } from '../../wire/text.ts'
import { NewTokenAnswer, NewTokenRequest, TokenAnswer } from '../../wire/tokens.ts'
import { actorOf } from '../access/actor.ts'
import { callerOf } from '../access/auth.ts'
import type { Caller } from '../access/caller.ts'
import { adminAccess } from '../access/scopes.ts'
import { isWithin } from '../access/site-access.ts'
import type { Api } from '../app.ts'
import { longListBytes } from '../limits/body-size.ts'
import { refuse } from '../plumbing/errors.ts'

export function tokens({ app, store }: Api): void {
  app.get(
    '/api/tokens',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'List the tokens of your sites',
        tags: ['Tokens'],
        response: { 200: Type.Object({ items: Type.Array(TokenAnswer) }), '4xx': ErrorAnswer },
      },
    },
    async request => {
      const caller = callerOf(request)
      const visible = (await listTokens(store.db)).filter(token => isWithin(caller, sitesOf(token)))
      return { items: visible.map(asAnswer) }
    },
  )

  app.post(
    '/api/tokens',
    {
      bodyLimit: longListBytes,
      config: { access: adminAccess },
      schema: {
        summary: 'Create a token',
        tags: ['Tokens'],
        body: NewTokenRequest,
        response: { 201: NewTokenAnswer, '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const actor = actorOf(request)
      const token = makeToken()
      const issued = readNewToken(request.body, hashToken(token), actor.now)
      refuseMoreThanOwn(caller, issued)
      await store.write('issueToken', { ...actor, issued })
      return reply.code(201).send({ ...answerFor(issued), token })
    },
  )

  app.delete(
    '/api/tokens/:id',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Revoke a token',
        description: 'It stops working immediately. Revoking it again changes nothing.',
        tags: ['Tokens'],
        params: Type.Object({ id: text('The ID of the token, not the token itself.') }),
        response: { 204: Type.Null(), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const token = (await listTokens(store.db)).find(each => each.token_id === request.params.id)
      if (token === undefined || !isWithin(caller, sitesOf(token))) throw refuse(404, message('noToken'))
      await store.write('endToken', { ...actorOf(request), ended: token.token_id })
      return reply.code(204).send(null)
    },
  )
}

function readNewToken(body: Static<typeof NewTokenRequest>, hash: string, now: number): NewToken {
  const expiresAt = body.expiresAt === undefined ? null : Date.parse(body.expiresAt)
  if (Number.isNaN(expiresAt))
    throw refuse(400, message('badTime', { field: 'expiresAt', example: '2027-01-01T00:00:00Z' }))
  if (expiresAt !== null && expiresAt <= now) throw refuse(400, message('tokenExpiryPast'))
  return {
    tokenId: randomUUID(),
    hash,
    name: body.name,
    role: body.role,
    scopes: body.scopes,
    sites: body.sites ?? null,
    email: body.email ?? null,
    now,
    expiresAt,
  }
}

function refuseMoreThanOwn(caller: Caller, issued: NewToken): void {
  if (!isWithin(caller, issued.sites)) throw refuse(403, message('tokenSites'))
  // A scope that has no effect in one's own role may have one in another, so roles are not given away either.
  if (caller.role !== 'fullAdmin' && issued.role !== caller.role && issued.role !== 'user') {
    throw refuse(403, message('tokenRole'))
  }
  const missing = issued.scopes.find(scope => !caller.scopes.has(scope as never))
  if (missing !== undefined) throw refuse(403, message('tokenScope', { scope: missing }))
}

function sitesOf({ sites }: Token): string[] | null {
  return sites === null ? null : sites.split(' ')
}

function asAnswer(token: Token): TokenAnswer {
  return {
    id: token.token_id,
    name: token.name,
    role: token.role,
    scopes: token.scopes.split(' '),
    sites: sitesOf(token),
    email: token.email_key,
    createdAt: new Date(token.created_at).toISOString(),
    expiresAt: token.expires_at === null ? null : new Date(token.expires_at).toISOString(),
    revokedAt: token.revoked_at === null ? null : new Date(token.revoked_at).toISOString(),
  }
}

function answerFor({ tokenId, name, role, scopes, sites, email, now, expiresAt }: NewToken): TokenAnswer {
  return {
    id: tokenId,
    name,
    role,
    scopes,
    sites: sites?.map(site => site.toLowerCase()) ?? null,
    email: email?.toLowerCase() ?? null,
    createdAt: new Date(now).toISOString(),
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    revokedAt: null,
  }
}
