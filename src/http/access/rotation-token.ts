/**
 * The token by which the service calls itself while it plans or runs a rotation: in the name of the administrator who
 * asked for it, so that the history and their own lock of the site know them; for that site alone, and with no scope
 * that they lack.
 */
import { message } from '../../messages/message.ts'
import { findTokenById } from '../../store/access/tokens.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import { staticToken, type TokenSource } from '../../webex/sign-in/token-source.ts'
import type { Api } from '../app.ts'
import { isGood } from './auth.ts'
import type { Caller } from './caller.ts'
import type { InternalCallers } from './internal-callers.ts'
import type { Scope } from './scopes.ts'

const neededScopes: readonly Scope[] = [
  'spark-admin:people_read',
  'meeting:admin_preferences_read',
  'meeting:admin_preferences_write',
  'meeting:admin_config_read',
  'meeting:admin_config_write',
]

export interface RotationToken extends TokenSource {
  /** It stands for nobody any more. */
  end(): void
}

/** @param rotation the rotation whose changes this token makes; null where it only reads. */
export function rotationToken(
  callers: InternalCallers,
  caller: Caller,
  siteUrl: string,
  rotation: number | null,
): RotationToken {
  const token = callers.admit({
    ...caller,
    scopes: new Set(neededScopes.filter(scope => caller.scopes.has(scope))),
    sites: new Set([siteUrl.toLowerCase()]),
    email: null,
    rotation: rotation === null ? null : String(rotation),
    internal: true,
  })
  return { ...staticToken(token), end: () => callers.dismiss(token) }
}

/** A rotation of any target ends with the token of the administrator who started it. @throws TargetError */
export async function refuseEndedToken({ app, store }: Api, { tokenId }: Caller): Promise<void> {
  const own = await findTokenById(store.db, tokenId)
  if (own !== undefined && isGood(own, app.clock.now())) return
  throw new TargetError('denied', message('tokenEnded'))
}
