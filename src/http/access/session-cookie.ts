/**
 * The cookie of a console session. Scripts cannot read it, and pages of other sites cannot have it sent. A page on
 * another port of the same machine counts as the same site, so a call that changes something must also carry a header
 * that no other page can add.
 */

import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { message } from '../../messages/message.ts'
import { refuse } from '../plumbing/errors.ts'

const cookieName = 'roomkey_session'

/** How long a session lasts, in seconds: a working day. */
export const sessionSeconds = 12 * 60 * 60

/** Only its presence counts, not its value. */
export const consoleHeader = 'x-roomkey-console'

export function makeSessionSecret(): string {
  return randomBytes(32).toString('base64url')
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, secret: string): void {
  reply.header('set-cookie', cookie(request, secret, sessionSeconds))
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('set-cookie', cookie(request, '', 0))
}

function cookie(request: FastifyRequest, value: string, seconds: number): string {
  return `${cookieName}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secureSuffix(request)}`
}

/** Whether the browser uses HTTPS, perhaps through a proxy in front of the service. */
export function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https'
}

/** A cookie that was set over HTTPS is sent over HTTPS alone. */
export function secureSuffix(request: FastifyRequest): string {
  return isSecure(request) ? '; Secure' : ''
}

/** The secret in the session cookie of a request. */
export function readSessionSecret(request: FastifyRequest): string | undefined {
  return readSecret(request, cookieName)
}

/** Reads one of Roomkey's secrets from the cookie with this name. */
export function readSecret(request: FastifyRequest, name: string): string | undefined {
  const header = request.headers.cookie
  if (header === undefined) return undefined
  const found = header.split(';').find(pair => pair.trimStart().startsWith(`${name}=`))
  const secret = found?.trim().slice(name.length + 1)
  return secret !== undefined && /^[\w-]{43}$/.test(secret) ? secret : undefined
}

/** @throws ApiError 403 where a call with a cookie could come from a page other than the console. */
export function refuseForeignPages(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  if (request.headers[consoleHeader] === undefined || !isOwnOrigin(request)) {
    throw refuse(403, message('sessionFromConsoleOnly', { header: consoleHeader }))
  }
}

function isOwnOrigin({ headers: { origin }, host }: FastifyRequest): boolean {
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
