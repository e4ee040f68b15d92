/** Every kind of caller in the columns of the access table. */
import type { Role, Scope } from '#roomkey/http/access/scopes.js'
import { scopes } from '#roomkey/http/access/scopes.js'
import { hashToken, makeToken } from '#roomkey/store/access/tokens.js'
import type { TestService } from '../support/service.ts'
import { alpha, bravo } from './two-sites.ts'

/** In the order of the table's columns. */
export const callers = [
  'no token',
  'malformed',
  'unknown',
  'expired',
  'revoked',
  'no scope',
  "other site's admin",
  "other site's host",
  'host',
  'content admin',
  'site admin',
  'read-only admin',
  'full admin',
  'cookie alone',
  'other page',
  'console',
] as const
export type CallerName = (typeof callers)[number]

/** The sites that must not appear in the caller's answers; absent for callers of every site. */
export const strangersTo: Partial<Record<CallerName, string>> = {
  "other site's admin": alpha.word,
  "other site's host": alpha.word,
  host: bravo.word,
  'content admin': bravo.word,
  'site admin': bravo.word,
}

export const consoleHeader = 'x-roomkey-console'

/** What each caller sends with a call that needs one of these scopes. */
export type Credentials = (needed: readonly Scope[]) => Promise<Record<CallerName, Record<string, string>>>

export async function makeCallers(service: TestService): Promise<Credentials> {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const holding = async (role: Role, sites: string[] | null, email?: string, held: readonly Scope[] = scopes) =>
    bearer(await service.addToken({ role, sites, scopes: [...held], ...(email === undefined ? {} : { email }) }))

  const revoked = await service.addToken({})
  await service.store.write('revokeToken', { tokenId: await tokenIdOf(service, revoked), now: Date.now() })
  const reading = scopes.filter(scope => scope.endsWith('_read'))
  const always = {
    'no token': {},
    malformed: { authorization: `Bearer ${service.token} ${service.token}` },
    unknown: bearer(makeToken()),
    expired: bearer(await service.addToken({ expiresAt: Date.now() - 1 })),
    revoked: bearer(revoked),
    "other site's admin": await holding('siteAdmin', [bravo.url]),
    "other site's host": await holding('user', [bravo.url], bravo.host),
    host: await holding('user', [alpha.url], alpha.host),
    'content admin': await holding('contentAdmin', [alpha.url]),
    'site admin': await holding('siteAdmin', [alpha.url]),
    'read-only admin': await holding('fullAdmin', null, undefined, reading),
    'full admin': bearer(service.token),
  }
  return async needed => {
    const others = scopes.filter(scope => !needed.includes(scope))
    const cookie = await signIn(service)
    const proof = { [consoleHeader]: '1', host: 'roomkey.test' }
    return {
      ...always,
      'no scope': await holding('fullAdmin', null, undefined, others.length > 0 ? others : scopes),
      'cookie alone': { cookie },
      'other page': { cookie, ...proof, origin: 'http://elsewhere.test' },
      console: { cookie, ...proof, origin: 'http://roomkey.test' },
    }
  }
}

/** Signs a full administrator in to the console. */
async function signIn(service: TestService): Promise<string> {
  const answer = await service.app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { [consoleHeader]: '1' },
    payload: { token: service.token },
  })
  return String(answer.headers['set-cookie']).split(';')[0]!
}

export async function tokenIdOf({ store }: TestService, token: string): Promise<string> {
  const row = await store.db
    .selectFrom('token')
    .select('token_id')
    .where('hash', '=', hashToken(token))
    .executeTakeFirstOrThrow()
  return row.token_id
}
