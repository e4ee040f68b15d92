/**
 * The cookie of a sign-in to Webex. The session's own does not come along when Webex sends the browser back, because
 * that is another site's doing; this one does, to the one route that waits for it, and is worth nothing anywhere else.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { makeSessionSecret, readSecret, secureSuffix } from './session-cookie.ts'

const cookieName = 'roomkey_webex_sign_in'

/** Gives the browser a secret, and gives it back. */
export function setSignInCookie(request: FastifyRequest, reply: FastifyReply, path: string, seconds: number): string {
  const secret = makeSessionSecret()
  reply.header('set-cookie', cookie(request, path, secret, seconds))
  return secret
}

export function clearSignInCookie(request: FastifyRequest, reply: FastifyReply, path: string): void {
  reply.header('set-cookie', cookie(request, path, '', 0))
}

export function readSignInCookie(request: FastifyRequest): string | undefined {
  return readSecret(request, cookieName)
}

function cookie(request: FastifyRequest, path: string, value: string, seconds: number): string {
  return `${cookieName}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secureSuffix(request)}`
}
