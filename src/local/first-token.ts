import { join } from 'node:path'
import { UserError } from '../errors.ts'
import { readIfThere, writePrivateFile } from '../files/private-file.ts'
import { anyToken, findToken, hashToken, makeToken } from '../store/access/tokens.ts'
import type { Store } from '../store/store.ts'
import { addAdministrator } from './add-administrator.ts'

export interface FirstToken {
  token: string
  /** True when it was created just now, and so must be shown once. */
  made: boolean
  /** Whose it is; null for nobody's. */
  email: string | null
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
 * needs no set-up. Undefined where the store has tokens and this machine has none.
 *
 * @param email whose a token that is added here is to be; null for nobody's.
 */
export async function ensureFirstToken(
  store: Store,
  folder: string,
  given: string | undefined,
  email: string | null,
): Promise<FirstToken | undefined> {
  if (given !== undefined && !/^[\x21-\x7e]+$/.test(given.padEnd(1)))
    throw new UserError('ROOMKEY_ADMIN_TOKEN must be visible ASCII characters without spaces.')
  if (given !== undefined && given.length < minTokenLength) {
    throw new UserError(
      `ROOMKEY_ADMIN_TOKEN must have at least ${minTokenLength} characters; leave it out to have one made.`,
    )
  }
  const kept = readIfThere(tokenFile(folder))?.trim()
  const known = given ?? kept
  if (known !== undefined) {
    const found = await findToken(store.db, hashToken(known))
    if (found === undefined) await addAdministrator(store, known, name, email)
    if (kept !== known) writePrivateFile(tokenFile(folder), `${known}\n`)
    return { token: known, made: false, email: found === undefined ? email : found.email_key }
  }
  if (await anyToken(store.db)) return undefined
  const token = makeToken()
  writePrivateFile(tokenFile(folder), `${token}\n`)
  await addAdministrator(store, token, name, email)
  return { token, made: true, email }
}
