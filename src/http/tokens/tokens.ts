/** Access tokens. No caller can create one with more rights than their own. */
import { randomUUID } from 'node:crypto'
import Type, { type Static } from 'typebox'
import { message } from '../../messages/message.ts'
import { hashToken, listTokens, makeToken, type NewToken, type Token } from '../../store/access/tokens.ts'
import type { Actor } from '../../store/audit-log/audit-events.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { text } from '../../wire/text.ts'
import { NewTokenAnswer, NewTokenRequest, TokenAnswer } from '../../wire/tokens.ts'
import { actorOf } from '../access/actor.ts'
import { callerOf, findCaller } from '../access/auth.ts'
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
        description:
          'Nobody can make one that may do more than their own, or lasts longer. In a console session, one that lasts longer than the session needs the token that was signed in with, as `ownToken`.',
        tags: ['Tokens'],
        body: NewTokenRequest,
        response: { 201: NewTokenAnswer, '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const actor = actorOf(request)
      const token = makeToken()
      const issued = readNewToken(request.body, hashToken(token), actor)
      refuseMoreThanOwn(caller, issued)
      refuseLaterThanOwn(await ownEnd(caller, request.body.ownToken), issued)
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
        description:
          'It stops working immediately. Revoking it again changes nothing. What was made with it goes on, unless `made` is true.',
        tags: ['Tokens'],
        params: Type.Object({ id: text('The ID of the token, not the token itself.') }),
        querystring: Type.Object(
          {
            made: Type.Optional(
              Type.Enum(['true', 'false'], { description: 'Whether to revoke what was made with it.' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 204: Type.Null(), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const token = (await listTokens(store.db)).find(each => each.token_id === request.params.id)
      if (token === undefined || !isWithin(caller, sitesOf(token))) throw refuse(404, message('noToken'))
      const withMade = request.query.made === 'true'
      await store.write('endToken', { ...actorOf(request), ended: token.token_id, withMade })
      return reply.code(204).send(null)
    },
  )

  /** When what the caller makes must have ended: with their token, or with their session unless they show the token. */
  async function ownEnd(caller: Caller, ownToken: string | undefined): Promise<Caller['ends']> {
    if (ownToken === undefined) return caller.ends
    const own = await findCaller({ app, store }, ownToken)
    if (own?.tokenId !== caller.tokenId) throw refuse(403, message('tokenNotOwn'))
    return own.ends
  }
}

function readNewToken(body: Static<typeof NewTokenRequest>, hash: string, { tokenId, now }: Actor): NewToken {
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
    madeBy: tokenId,
  }
}

function refuseLaterThanOwn(own: Caller['ends'], { expiresAt }: NewToken): void {
  if (own === null || (expiresAt !== null && expiresAt <= own.at)) return
  throw refuse(
    403,
    message(own.of === 'token' ? 'tokenEnd' : 'tokenSessionEnd', { end: new Date(own.at).toISOString() }),
  )
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
    madeBy: token.made_by,
    createdAt: new Date(token.created_at).toISOString(),
    expiresAt: token.expires_at === null ? null : new Date(token.expires_at).toISOString(),
    revokedAt: token.revoked_at === null ? null : new Date(token.revoked_at).toISOString(),
  }
}

function answerFor({ tokenId, name, role, scopes, sites, email, now, expiresAt, madeBy }: NewToken): TokenAnswer {
  return {
    id: tokenId,
    name,
    role,
    scopes,
    sites: sites?.map(site => site.toLowerCase()) ?? null,
    email: email?.toLowerCase() ?? null,
    madeBy,
    createdAt: new Date(now).toISOString(),
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    revokedAt: null,
  }
}
