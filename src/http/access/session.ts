/** Signing in to the console and out of it. */
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { message } from '../../messages/message.ts'
import { hashToken } from '../../store/access/tokens.ts'
import { version } from '../../version.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { SessionAnswer, SignInRequest } from '../../wire/session.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { callerOf, findCaller } from './auth.ts'
import type { Caller } from './caller.ts'
import type { Limits } from './limits.ts'
import { anyAccess } from './scopes.ts'
import {
  clearSessionCookie,
  makeSessionSecret,
  readSessionSecret,
  refuseForeignPages,
  sessionSeconds,
  setSessionCookie,
} from './session-cookie.ts'
import type { SignInLink } from './sign-in-link.ts'

/** A token or a code, and a field around it. */
const signInBytes = 4 * 2 ** 10

export function session({ app, store }: Api, limits: Limits, signInLink: SignInLink | undefined): void {
  app.get(
    '/api/session',
    {
      config: { access: anyAccess },
      schema: {
        summary: 'Get the current session',
        tags: ['Session'],
        response: { 200: SessionAnswer, '4xx': ErrorAnswer },
      },
    },
    async request => asAnswer(callerOf(request)),
  )

  app.post(
    '/api/session',
    {
      bodyLimit: signInBytes,
      onRequest: async request => {
        refuseForeignPages(request)
        await limits.signIn(request)
      },
      config: { access: 'public' },
      schema: {
        summary: 'Sign in to the console',
        description: 'Sets a cookie that lasts for twelve hours, or until the token expires or is revoked.',
        tags: ['Session'],
        body: SignInRequest,
        response: { 201: SessionAnswer, '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = await callerFor(request, request.body)
      request.caller = caller
      await limits.call(request, caller.tokenId)
      const now = app.clock.now()
      const secret = makeSessionSecret()
      await store.write('openSession', {
        hash: hashToken(secret),
        tokenId: caller.tokenId,
        now,
        expiresAt: now + sessionSeconds * 1000,
      })
      setSessionCookie(request, reply, secret)
      return reply.code(201).send(asAnswer(caller))
    },
  )

  app.delete(
    '/api/session',
    {
      config: { access: 'public' },
      schema: { summary: 'Sign out of the console', tags: ['Session'], response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      refuseForeignPages(request)
      const secret = readSessionSecret(request)
      if (secret !== undefined) await store.write('endSession', { hash: hashToken(secret) })
      clearSessionCookie(request, reply)
      return reply.code(204).send(null)
    },
  )

  async function callerFor(request: FastifyRequest, given: { token?: string; code?: string }): Promise<Caller> {
    const token = given.token ?? signInLink?.take(given.code ?? '', app.clock.now())
    const caller = token === undefined ? undefined : await findCaller({ app, store }, token)
    if (caller !== undefined) return caller
    await limits.unknownCaller(request)
    throw given.token === undefined ? refuse(401, message('signInLinkUsed')) : refuse(401, message('badToken'))
  }
}

function asAnswer({ tokenId, name, role, scopes, sites, email }: Caller): SessionAnswer {
  return { tokenId, name, role, scopes: [...scopes], sites: sites && [...sites], email, version }
}
