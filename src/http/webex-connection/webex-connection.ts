/**
 * The connection to Webex: showing it, connecting with a pasted token, and disconnecting. Signing in is in
 * webex-sign-in.ts.
 */
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { message } from '../../messages/message.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import type { WebexConnection } from '../../webex/sign-in/connection.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { WebexConnectionAnswer, WebexTokenRequest } from '../../wire/webex-connection.ts'
import { actorOf } from '../access/actor.ts'
import { callerOf } from '../access/auth.ts'
import { fullAdminAccess } from '../access/scopes.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'

export const connectionPath = '/api/webex-connection'
export const connectionTag = 'Connection to Webex'

export function webexConnection({ app, store }: Api, webex: WebexConnection): void {
  const route = {
    config: { access: fullAdminAccess },
    schema: { tags: [connectionTag], response: { 200: WebexConnectionAnswer, '4xx': ErrorAnswer, '5xx': ErrorAnswer } },
  }

  app.get(
    connectionPath,
    { ...route, schema: { ...route.schema, summary: 'Get the connection to Webex, without its token' } },
    async request => {
      refuseOwnersOfSites(request)
      return connectionAnswer(webex)
    },
  )

  app.put(
    connectionPath,
    {
      ...route,
      schema: {
        ...route.schema,
        summary: 'Connect to Webex with an access token',
        description: 'Asks Webex whose token it is before it replaces the current one.',
        body: WebexTokenRequest,
      },
    },
    async request => {
      refuseOwnersOfSites(request)
      refuseEnvironment(webex)
      const { email } = await asked(webex.paste(request.body.token))
      const detail = { by: 'token', email }
      await store.write('recordAuditEvent', {
        ...actorOf(request),
        event: { siteId: null, action: 'webex.connected', subject: webex.url, detail },
      })
      return connectionAnswer(webex)
    },
  )

  app.delete(
    connectionPath,
    {
      ...route,
      schema: {
        summary: 'Disconnect from Webex',
        description: 'The service deletes its tokens. A running rotation of Webex that uses them stops.',
        tags: [connectionTag],
        response: { 204: Type.Null(), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      refuseOwnersOfSites(request)
      refuseEnvironment(webex)
      if (webex.end()) {
        const event = { siteId: null, action: 'webex.disconnected', subject: webex.url, detail: {} }
        await store.write('recordAuditEvent', { ...actorOf(request), event })
      }
      return reply.code(204).send(null)
    },
  )
}

/**
 * The connection reaches every site of an organisation, so it is not for administrators of some sites. @throws ApiError
 * 403
 */
export function refuseOwnersOfSites(request: FastifyRequest): void {
  if (callerOf(request).sites === null) return
  throw refuse(403, message('connectionAllSitesOnly'))
}

/** @throws ApiError 409 where a token from the environment takes precedence over a stored one. */
export function refuseEnvironment(webex: WebexConnection): void {
  if (webex.read()?.by !== 'environment') return
  throw refuse(409, message('connectionFromEnvironment'))
}

/** A token that Webex refuses is the caller's fault; that Webex cannot be reached is not. @throws ApiError */
async function asked<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw error instanceof TargetError ? refuse(error.kind === 'denied' ? 400 : 503, error.reason) : error
  }
}

function connectionAnswer(webex: WebexConnection): WebexConnectionAnswer {
  const kept = webex.read()
  const signedIn = kept?.by === 'signIn' ? kept.signedIn : null
  const who = kept === undefined || kept.by === 'environment' ? null : kept.who
  return {
    url: webex.url,
    by: kept?.by ?? null,
    who: who && { name: who.name, email: who.email },
    scopes: signedIn?.scopes ?? null,
    since: kept === undefined || kept.by === 'environment' ? null : asTime(kept.since),
    tokenUntil: endOfToken(kept),
    until: signedIn && asTime(signedIn.refreshExpiresAt),
    clientId: webex.integration()?.clientId ?? null,
  }
}

function endOfToken(kept: ReturnType<WebexConnection['read']>): string | null {
  if (kept?.by === 'signIn') return asTime(kept.signedIn.accessExpiresAt)
  return kept?.by === 'token' && kept.until != null ? asTime(kept.until) : null
}

function asTime(ms: number): string {
  return new Date(ms).toISOString()
}
