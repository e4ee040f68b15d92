import { createHash, randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import { type Actor, insertAuditEvent } from '../audit-log/audit-events.ts'
import { cached } from '../read-cache.ts'
import type { Db, TokenRow } from '../tables.ts'

export type Token = Selectable<TokenRow>

export interface NewToken {
  tokenId: string
  hash: string
  name: string
  role: string
  scopes: string[]
  /** Null for every site. */
  sites: string[] | null
  email: string | null
  now: number
  expiresAt: number | null
  /** The token that it is made with; null for the first ones. */
  madeBy: string | null
  fromEnvironment?: boolean
}

/** `rk_` and 32 random bytes in base64url: 256 bits, so a plain hash of it is safe to keep. */
export function makeToken(): string {
  return `rk_${randomBytes(32).toString('base64url')}`
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export async function findToken(db: Db, hash: string): Promise<Token | undefined> {
  return cached(db, `token ${hash}`, () =>
    db.selectFrom('token').selectAll().where('hash', '=', hash).executeTakeFirst(),
  )
}

/** A token by its ID, as it is now. */
export async function findTokenById(db: Db, tokenId: string): Promise<Token | undefined> {
  return db.selectFrom('token').selectAll().where('token_id', '=', tokenId).executeTakeFirst()
}

export async function anyToken(db: Db): Promise<boolean> {
  return (await db.selectFrom('token').select('token_id').limit(1).executeTakeFirst()) !== undefined
}

/** Adds a token by its hash; the same hash again changes nothing. */
export async function addToken(db: Db, token: NewToken): Promise<void> {
  await db
    .insertInto('token')
    .values({
      token_id: token.tokenId,
      hash: token.hash,
      name: token.name,
      role: token.role,
      scopes: token.scopes.join(' '),
      sites: token.sites?.map(site => site.toLowerCase()).join(' ') ?? null,
      email_key: token.email?.toLowerCase() ?? null,
      created_at: token.now,
      expires_at: token.expiresAt,
      made_by: token.madeBy,
      from_environment: token.fromEnvironment ? 1 : 0,
    })
    .onConflict(conflict => conflict.column('hash').doNothing())
    .execute()
}

/** Revokes a token now. True when there was one to revoke. */
export async function revokeToken(db: Db, { tokenId, now }: { tokenId: string; now: number }): Promise<boolean> {
  const ended = await db
    .updateTable('token')
    .set({ revoked_at: now })
    .where('token_id', '=', tokenId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return ended.numUpdatedRows > 0n
}

/** Adds a token, and records it in the audit log. */
export async function issueToken(db: Db, { issued, ...actor }: Actor & { issued: NewToken }): Promise<void> {
  await addToken(db, issued)
  const { tokenId, name, role, scopes, sites, email, expiresAt } = issued
  const detail = { name, role, scopes, sites, email, expiresAt }
  await insertAuditEvent(db, actor, { siteId: null, action: 'token.created', subject: tokenId, detail })
}

/**
 * Revokes a token, and with it all that was made with it where that is asked for, however long ago and over however many
 * others. Records each in the audit log. Returns how many there were to revoke.
 */
export async function endToken(
  db: Db,
  { ended, withMade, ...actor }: Actor & { ended: string; withMade: boolean },
): Promise<number> {
  const all = withMade ? [ended, ...madeWith(await listTokens(db), ended).map(token => token.token_id)] : [ended]
  let there = 0
  for (const tokenId of all) {
    if (!(await revokeToken(db, { tokenId, now: actor.now }))) continue
    there += 1
    const detail = tokenId === ended ? {} : { madeWith: ended }
    await insertAuditEvent(db, actor, { siteId: null, action: 'token.revoked', subject: tokenId, detail })
  }
  return there
}

/** What was made with a token, and with what was made with it. */
export function madeWith(tokens: Token[], tokenId: string): Token[] {
  const makers = new Set([tokenId])
  const found: Token[] = []
  for (let before = -1; before < found.length; ) {
    before = found.length
    for (const token of tokens) {
      if (token.made_by === null || !makers.has(token.made_by) || makers.has(token.token_id)) continue
      makers.add(token.token_id)
      found.push(token)
    }
  }
  return found
}

/** Those that came from the environment of a service and have not ended, except for one. */
export async function othersFromEnvironment(db: Db, tokenId: string): Promise<Token[]> {
  return db
    .selectFrom('token')
    .selectAll()
    .where('from_environment', '=', 1)
    .where('revoked_at', 'is', null)
    .where('token_id', '<>', tokenId)
    .execute()
}

/** Every token, newest first, revoked ones included. */
export async function listTokens(db: Db): Promise<Token[]> {
  return db.selectFrom('token').selectAll().orderBy('created_at', 'desc').orderBy('token_id').execute()
}
