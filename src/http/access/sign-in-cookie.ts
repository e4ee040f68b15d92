/**
 * The cookie of a Webex sign-in. The session cookie is not sent when Webex redirects the browser back, because that
 * request comes from another site; this cookie is, to the one route that waits for it, and it is worth nothing anywhere
 * else.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { makeSessionSecret, readSecret, secureSuffix } from './session-cookie.ts'

const cookieName = 'roomkey_webex_sign_in'

/** Sets a new secret in the browser's cookie, and returns it. */
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
