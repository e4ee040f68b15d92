import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import { readIfThere, writePrivateFile } from '../files/private-file.ts'
import { anyToken, findToken, hashToken, makeToken, othersFromEnvironment, type Token } from '../store/access/tokens.ts'
import type { Store } from '../store/store.ts'
import { addAdministrator } from './add-administrator.ts'

export interface FirstToken {
  token: string
  /** True when it was created just now, and so must be shown once. */
  made: boolean
  /** False for one that has ended. */
  works: boolean
  /** Whose it is; null for nobody's. */
  email: string | null
  /** What there is to say about it, a sentence each. */
  notes: string[]
}

const minTokenLength = 20
const name = 'first administrator'

/** Where the token of this machine's administrator is stored. */
export function tokenFile(folder: string): string {
  return join(folder, 'token')
}

/**
 * Makes sure that the store has an administrator's token: the given one, else the one in the data folder, else a new
 * one where the store has no token at all. It is stored in the data folder, so that the command line on this machine
 * needs no set-up. A given one that is new replaces those that were given before: they end. Undefined where the store has
 * tokens and this machine has none.
 *
 * @param email whose a token that is added here is to be; null for nobody's.
 */
export async function ensureFirstToken(
  store: Store,
  folder: string,
  given: string | undefined,
  email: string | null,
): Promise<FirstToken | undefined> {
  if (given !== undefined) refuseWeak(given)
  const kept = readIfThere(tokenFile(folder))?.trim()
  const known = given ?? kept
  if (known !== undefined) {
    const from = given === undefined ? tokenFile(folder) : 'ROOMKEY_ADMIN_TOKEN'
    const found = await findToken(store.db, hashToken(known))
    const notes = found === undefined ? await add(store, known, given !== undefined, email) : whyDead(found, from)
    if (kept !== known) writePrivateFile(tokenFile(folder), `${known}\n`)
    const works = found === undefined || notes.length === 0
    return { token: known, made: false, works, email: found === undefined ? email : found.email_key, notes }
  }
  if (await anyToken(store.db)) return undefined
  const token = makeToken()
  writePrivateFile(tokenFile(folder), `${token}\n`)
  await addAdministrator(store, token, name, email)
  return { token, made: true, works: true, email, notes: [] }
}

function refuseWeak(given: string): void {
  if (!/^[\x21-\x7e]+$/.test(given.padEnd(1)))
    throw new UserError('ROOMKEY_ADMIN_TOKEN must be visible ASCII characters without spaces.')
  if (given.length < minTokenLength) {
    throw new UserError(
      `ROOMKEY_ADMIN_TOKEN must have at least ${minTokenLength} characters; leave it out to have one made.`,
    )
  }
}

/** Adds a token that was given, and ends those from the environment that it replaces. Says which. */
async function add(store: Store, token: string, fromEnvironment: boolean, email: string | null): Promise<string[]> {
  const now = Date.now()
  const ownName = fromEnvironment ? `from ROOMKEY_ADMIN_TOKEN, ${day(now)}` : name
  await addAdministrator(store, token, ownName, email, fromEnvironment)
  if (!fromEnvironment) return []
  // Several processes may start with the same token at once: one of them adds it, and it is the same one for all.
  const { token_id: tokenId } = (await findToken(store.db, hashToken(token)))!
  const actor = { tokenId, trackingId: `ROOMKEY_${randomUUID()}`, now }
  const replaced = await othersFromEnvironment(store.db, tokenId)
  for (const { token_id } of replaced) await store.write('endToken', { ...actor, ended: token_id, withMade: false })
  return replaced.map(
    ({ name, token_id }) => `The token "${name}" (${token_id.slice(0, 8)}) was replaced, and has ended.`,
  )
}

/** Nothing for one that works. */
function whyDead({ revoked_at, expires_at, name }: Token, from: string): string[] {
  const ended = revoked_at ?? (expires_at !== null && expires_at <= Date.now() ? expires_at : null)
  if (ended === null) return []
  const how = revoked_at === null ? 'expired' : 'was revoked'
  return [
    `The token in ${from} ("${name}") ${how} on ${day(ended)} and lets nobody in; put a new one into ROOMKEY_ADMIN_TOKEN, or make one with roomkey token create.`,
  ]
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
