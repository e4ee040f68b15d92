/** Signing in to Webex from the console: authorization code with PKCE, in the browser that began it. */
import type { FastifyRequest } from 'fastify'
import { message } from '../../messages/message.ts'
import { hashToken } from '../../store/access/tokens.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import type { Integration, WebexConnection } from '../../webex/sign-in/connection.ts'
import { beginSignIn } from '../../webex/sign-in/sign-in.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { WebexSignInAnswer, WebexSignInRequest } from '../../wire/webex-connection.ts'
import { actorOf } from '../access/actor.ts'
import { callerOfSession, holds } from '../access/auth.ts'
import type { Limits } from '../access/limits.ts'
import { PendingSignIns, signInSeconds } from '../access/pending-sign-ins.ts'
import { fullAdminAccess } from '../access/scopes.ts'
import { isSecure, readSessionSecret } from '../access/session-cookie.ts'
import { clearSignInCookie, readSignInCookie, setSignInCookie } from '../access/sign-in-cookie.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { connectionPath, connectionTag, refuseEnvironment, refuseOwnersOfSites } from './webex-connection.ts'

const callbackPath = `${connectionPath}/callback`

/** How a sign-in ended, as the console learns it when the browser is back. */
type Outcome = 'connected' | 'refused' | 'tooLate' | 'unreachable'

export function webexSignIn({ app, store }: Api, webex: WebexConnection, limits: Limits): void {
  const pending = new PendingSignIns()

  app.post(
    `${connectionPath}/sign-in`,
    {
      config: { access: fullAdminAccess },
      schema: {
        summary: 'Begin a sign-in to Webex',
        description: `For the console: the browser that asked for it opens the URL, and comes back to ${callbackPath}, which must be registered as redirect URI of the integration.`,
        tags: [connectionTag],
        body: WebexSignInRequest,
        response: { 200: WebexSignInAnswer, '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      refuseOwnersOfSites(request)
      refuseEnvironment(webex)
      const session = request.headers.authorization === undefined ? readSessionSecret(request) : undefined
      if (session === undefined) {
        throw refuse(403, message('signInInBrowser'))
      }
      const integration = chooseIntegration(request.body)
      const redirectUri = originFor(request) + callbackPath
      const { state, verifier, url } = beginSignIn({ ...integration, baseUrl: webex.url }, redirectUri)
      const browser = hashToken(setSignInCookie(request, reply, callbackPath, signInSeconds))
      pending.add(state, { integration, verifier, redirectUri, session: hashToken(session), browser }, Date.now())
      const event = { siteId: null, action: 'webex.signInBegun', subject: webex.url, detail: {} }
      await store.write('recordAuditEvent', { ...actorOf(request), event })
      return { url }
    },
  )

  app.get(callbackPath, { config: { access: 'public' }, schema: { hide: true } as object }, async (request, reply) => {
    const outcome = await end(request)
    // Anybody can send a browser here, which must not cancel the sign-in that the browser is about to finish.
    if (outcome !== 'tooLate') clearSignInCookie(request, reply, callbackPath)
    // The URL of this call holds the code: nothing may store it or pass it on.
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    return reply.redirect(`/settings?webex=${outcome}`, 303)
  })

  async function end(request: FastifyRequest): Promise<Outcome> {
    const { state, code } = request.query as { state?: unknown; code?: unknown }
    const mine = pending.take(String(state), hashToken(readSignInCookie(request) ?? ''), Date.now())
    const caller = mine && (await callerOfSession({ app, store }, mine.session))
    if (mine === undefined || caller === undefined || !holds(caller, fullAdminAccess) || caller.sites !== null) {
      await limits.unknownCaller(request)
      return 'tooLate'
    }
    if (typeof code !== 'string' || webex.read()?.by === 'environment') return 'refused'
    try {
      await webex.redeem(mine.integration, mine, code)
    } catch (error) {
      if (!(error instanceof TargetError)) throw error
      request.log.warn({ err: error }, 'a sign-in to Webex failed')
      return error.kind === 'denied' ? 'refused' : 'unreachable'
    }
    const kept = webex.read()
    const detail = { by: 'signIn', email: kept?.by === 'signIn' ? (kept.who?.email ?? null) : null }
    await store.write('recordAuditEvent', {
      tokenId: caller.tokenId,
      trackingId: request.id,
      now: app.clock.now(),
      event: { siteId: null, action: 'webex.connected', subject: webex.url, detail },
    })
    return 'connected'
  }

  /** @throws ApiError 400 where no integration is known. */
  function chooseIntegration({ clientId, clientSecret }: Partial<Integration>): Integration {
    if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret }
    const known = webex.integration()
    if (clientId === undefined && clientSecret === undefined && known !== null) {
      return { clientId: known.clientId, clientSecret: known.clientSecret }
    }
    throw refuse(400, message('needsIntegration'))
  }
}

/** Where the browser reaches this service: it says so itself, and is redirected there. */
function originFor(request: FastifyRequest): string {
  return request.headers.origin ?? `${isSecure(request) ? 'https' : 'http'}://${request.host}`
}
