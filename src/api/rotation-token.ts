/**
 * The token by which the service calls itself while it plans or runs a rotation: for that site alone, with no scope that
 * its administrator lacks, and for an hour. It is renewed for as long as the administrator's own token is good.
 */
import { randomUUID } from 'node:crypto'
import { say } from '../sentences/say.ts'
import type { Store } from '../store/store.ts'
import { findTokenById, hashToken, makeToken } from '../store/tokens.ts'
import { TargetError } from '../webex/target-error.ts'
import type { TokenSource } from '../webex/token-source.ts'
import type { Caller } from './auth.ts'
import type { Scope } from './scopes.ts'

/** A process that dies leaves its token behind for no longer than this. */
const lifetimeMs = 60 * 60_000
/** Renew this long before the token ends: longer than any one call may take. */
const inGoodTimeMs = 5 * 60_000

const neededScopes: readonly Scope[] = [
  'spark-admin:people_read',
  'meeting:admin_preferences_read',
  'meeting:admin_preferences_write',
  'meeting:admin_config_read',
  'meeting:admin_config_write',
]

export interface RotationToken extends TokenSource {
  /** Revokes it. */
  end(): Promise<void>
}

/** @param rotation the rotation whose changes this token makes; null where it only reads. */
export function rotationToken(store: Store, caller: Caller, siteUrl: string, rotation: number | null): RotationToken {
  let current: Promise<Minted> | undefined

  async function mint(before: Minted | undefined): Promise<Minted> {
    const minted = await mintFor(store, caller, siteUrl, rotation)
    if (before !== undefined) await store.write('revokeToken', { tokenId: before.tokenId, now: Date.now() })
    return minted
  }

  return {
    async token() {
      current ??= mint(undefined)
      const known = await current
      if (Date.now() < known.renewAt) return known.token
      // Calls that find the token ending wait for the same renewal.
      if ((await current) === known) current = mint(known)
      return (await current).token
    },
    renew: async () => false,
    async end() {
      const last = await current?.catch(() => undefined)
      if (last !== undefined) await store.write('revokeToken', { tokenId: last.tokenId, now: Date.now() })
    },
  }
}

interface Minted {
  token: string
  tokenId: string
  renewAt: number
}

async function mintFor(store: Store, caller: Caller, siteUrl: string, rotation: number | null): Promise<Minted> {
  const now = Date.now()
  const own = await findTokenById(store.db, caller.tokenId)
  if (own === undefined || own.revoked_at !== null || (own.expires_at !== null && own.expires_at <= now)) {
    throw new TargetError('denied', say('tokenEnded'))
  }
  const token = makeToken()
  const tokenId = randomUUID()
  const expiresAt = Math.min(now + lifetimeMs, own.expires_at ?? Number.POSITIVE_INFINITY)
  await store.write('addToken', {
    tokenId,
    hash: hashToken(token),
    name:
      rotation === null
        ? say('tokenOfReading', { name: caller.name })
        : say('tokenOfRotation', { rotation, name: caller.name }),
    role: caller.role,
    scopes: neededScopes.filter(scope => caller.scopes.has(scope)),
    sites: [siteUrl],
    email: null,
    now,
    expiresAt,
    ...(rotation !== null && { rotationId: String(rotation) }),
  })
  return { token, tokenId, renewAt: expiresAt - inGoodTimeMs }
}
