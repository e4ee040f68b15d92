import { randomUUID } from 'node:crypto'
import { hashToken } from '../store/access/tokens.ts'
import type { Store } from '../store/store.ts'
import { scopes } from '../wire/access.ts'

/**
 * Adds a token that may do everything on every site and never expires. Returns its ID.
 *
 * @param fromEnvironment whether the next one from there is to replace it.
 * @param email of the person whose token it is; null for nobody's, which has no details of its own person to ask for.
 */
export async function addAdministrator(
  store: Store,
  token: string,
  name: string,
  email: string | null,
  fromEnvironment = false,
): Promise<string> {
  const tokenId = randomUUID()
  await store.write('addToken', {
    tokenId,
    hash: hashToken(token),
    name,
    role: 'fullAdmin',
    scopes: [...scopes],
    sites: null,
    email,
    now: Date.now(),
    expiresAt: null,
    madeBy: null,
    fromEnvironment,
  })
  return tokenId
}
