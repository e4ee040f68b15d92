/**
 * Console sessions. A session is only as good as its token: when the token is revoked or expires, all its sessions end.
 */
import { cached } from '../read-cache.ts'
import type { Db } from '../tables.ts'
import type { Token } from './tokens.ts'

export interface NewSession {
  /** SHA-256, in hexadecimal, of the secret in the browser's cookie. */
  hash: string
  tokenId: string
  now: number
  expiresAt: number
}

/** Opens a session. */
export async function openSession(db: Db, { hash, tokenId, now, expiresAt }: NewSession): Promise<void> {
  await db.insertInto('session').values({ hash, token_id: tokenId, created_at: now, expires_at: expiresAt }).execute()
}

/** Deletes up to `limit` sessions that have expired. Returns how many there were. */
export async function deleteEndedSessions(db: Db, { now, limit }: { now: number; limit: number }): Promise<number> {
  const ended = await db.selectFrom('session').select('hash').where('expires_at', '<=', now).limit(limit).execute()
  for (const { hash } of ended) await endSession(db, { hash })
  return ended.length
}

export async function endSession(db: Db, { hash }: { hash: string }): Promise<void> {
  await db.deleteFrom('session').where('hash', '=', hash).execute()
}

/** The token behind an open session, and when the session ends. */
export async function findSessionToken(
  db: Db,
  hash: string,
  now: number,
): Promise<(Token & { ends: number }) | undefined> {
  const found = await cached(db, `session ${hash}`, () =>
    db
      .selectFrom('session')
      .innerJoin('token', 'token.token_id', 'session.token_id')
      .selectAll('token')
      .select('session.expires_at as ends')
      .where('session.hash', '=', hash)
      .executeTakeFirst(),
  )
  return found !== undefined && now < found.ends ? found : undefined
}
