/**
 * Whether two tokens are in the same hands: they belong to one person, or one of them was made with the other, or both
 * with a third. Whoever may make tokens could otherwise be their own second administrator.
 */
import type { Db } from '../tables.ts'
import { findTokenById } from './tokens.ts'

export type Kinship =
  /** One token, or one person's. */
  | { kind: 'same' }
  /** Made with one token, or one with the other; `fully` where that is a full administrator's, or the command line's. */
  | { kind: 'made'; with: string; fully: boolean }
  | { kind: 'none' }

/** A chain of makers is a few tokens long; this ends one that a damaged database closed to a circle. */
const maxMakers = 1000

/** @param one, other IDs of tokens; of somebody at a command line, what stands in their place. */
export async function kinshipOf(db: Db, one: string, other: string): Promise<Kinship> {
  if (one === other || (await isOnePerson(db, one, other))) return { kind: 'same' }
  const line = new Set(await lineOf(db, one))
  const shared = (await lineOf(db, other)).find(tokenId => line.has(tokenId))
  if (shared === undefined || (isCommandLine(shared) && shared !== one && shared !== other)) return { kind: 'none' }
  const maker = await findTokenById(db, shared)
  const fully = maker === undefined || (maker.role === 'fullAdmin' && maker.sites === null)
  return { kind: 'made', with: maker?.name ?? shared, fully }
}

/** Whoever may use it may write the database, so that tokens made there say nothing about who holds them. */
function isCommandLine(maker: string): boolean {
  return maker.startsWith('command-line:')
}

/** Whether nobody but a full administrator could have been both. */
export function isSecondPerson(kinship: Kinship): boolean {
  return kinship.kind === 'none' || (kinship.kind === 'made' && kinship.fully)
}

async function isOnePerson(db: Db, one: string, other: string): Promise<boolean> {
  const tokens = await db
    .selectFrom('token')
    .select('email_key')
    .where('token_id', 'in', [one, other])
    .where('email_key', 'is not', null)
    .execute()
  return tokens.length === 2 && tokens[0]!.email_key === tokens[1]!.email_key
}

/** The token itself, the one that it was made with, the one that this was made with, and so on. */
async function lineOf(db: Db, tokenId: string): Promise<string[]> {
  const line = [tokenId]
  for (
    let maker = await makerOf(db, tokenId);
    maker !== null && line.length < maxMakers;
    maker = await makerOf(db, maker)
  ) {
    line.push(maker)
  }
  return line
}

async function makerOf(db: Db, tokenId: string): Promise<string | null> {
  return (await findTokenById(db, tokenId))?.made_by ?? null
}
