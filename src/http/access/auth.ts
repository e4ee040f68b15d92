/** Authenticates and authorises the caller before any of the body is read. Every route says who may call it. */
import type { FastifyRequest } from 'fastify'
import { message } from '../../messages/message.ts'
import { findSessionToken } from '../../store/access/sessions.ts'
import { findToken, hashToken, type Token } from '../../store/access/tokens.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import type { Caller } from './caller.ts'
import type { InternalCallers } from './internal-callers.ts'
import type { Limits } from './limits.ts'
import type { Access, Role, Scope } from './scopes.ts'
import { readSessionSecret, refuseForeignPages } from './session-cookie.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call this route; 'public' for everybody. A route without it cannot be registered. */
    access?: Access | 'public'
    /** The published 400 of this operation has no trackingId in its body. */
    bareBadRequest?: boolean
  }
  interface FastifyRequest {
    caller: Caller | null
  }
}

export function authenticate({ app, store }: Api, limits: Limits, own: InternalCallers): void {
  app.decorateRequest('caller', null)

  app.addHook('onRoute', route => {
    if (route.config?.access === undefined) throw new Error(`Route ${route.url} does not say who may call it.`)
  })

  app.addHook('onRequest', async request => {
    const { access } = request.routeOptions.config
    if (access === undefined || access === 'public') return
    const caller = await identify({ app, store }, own, request)
    if (caller === undefined) {
      await limits.unknownCaller(request)
      throw refuse(401, message('needsToken'), {
        // RFC 6750, section 3.1: the reason only where there was a token.
        'www-authenticate': request.headers.authorization === undefined ? 'Bearer' : 'Bearer error="invalid_token"',
      })
    }
    request.caller = caller
    if (!caller.internal) await limits.call(request, caller.tokenId)
    if (!holds(caller, access)) {
      throw refuse(403, message('needsScope', { access: wordsFor(access) }))
    }
  })
}

/** Whether a caller has one of these scopes in one of its roles. */
export function holds({ scopes, role }: Caller, access: Access): boolean {
  return access.some(each => scopes.has(each.scope) && each.roles.includes(role))
}

/** The caller of a route that is not public. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error('A public route has no caller.')
  return request.caller
}

/** Finds the caller by the token in the Authorization header, else by the cookie of a console session. */
async function identify(api: Api, own: InternalCallers | null, request: FastifyRequest): Promise<Caller | undefined> {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const token = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(authorization)?.[1]
    return token === undefined ? undefined : (own?.find(token) ?? findCaller(api, token))
  }
  const secret = readSessionSecret(request)
  if (secret === undefined) return undefined
  refuseForeignPages(request)
  return callerOfSession(api, hashToken(secret))
}

/** Whether the token or the session by which a call was made is still good. Not for the service's own calls. */
export async function isStillAdmitted(api: Api, request: FastifyRequest): Promise<boolean> {
  return (await identify(api, null, request)) !== undefined
}

/** The caller behind an open session. */
export async function callerOfSession({ app, store }: Api, hash: string): Promise<Caller | undefined> {
  const now = app.clock.now()
  const found = await findSessionToken(store.db, hash, now)
  if (found === undefined || !isGood(found, now)) return undefined
  const caller = asCaller(found)
  const sessionFirst = caller.ends === null || found.ends < caller.ends.at
  return sessionFirst ? { ...caller, ends: { at: found.ends, of: 'session' } } : caller
}

/** The caller behind a valid token. */
export async function findCaller({ app, store }: Api, token: string): Promise<Caller | undefined> {
  const found = await findToken(store.db, hashToken(token))
  return found !== undefined && isGood(found, app.clock.now()) ? asCaller(found) : undefined
}

export function isGood({ expires_at, revoked_at }: Token, now: number): boolean {
  return revoked_at === null && (expires_at === null || now < expires_at)
}

function asCaller(token: Token): Caller {
  return {
    tokenId: token.token_id,
    name: token.name,
    role: token.role as Role,
    scopes: new Set(token.scopes.split(' ') as Scope[]),
    sites: token.sites === null ? null : new Set(token.sites.split(' ')),
    email: token.email_key,
    ends: token.expires_at === null ? null : { at: token.expires_at, of: 'token' },
    rotation: null,
    internal: false,
  }
}

function wordsFor(access: Access): string {
  return access.map(({ scope, roles }) => `the scope ${scope} (${roles.join(' or ')})`).join(', or ')
}
