import { randomUUID } from 'node:crypto'
import { hashToken } from '../store/access/tokens.ts'
import type { Store } from '../store/store.ts'
import { scopes } from '../wire/access.ts'

/** Adds a token that may do everything on every site and never expires. */
export async function addAdministrator(store: Store, token: string, name: string): Promise<void> {
  await store.write('addToken', {
    tokenId: randomUUID(),
    hash: hashToken(token),
    name,
    role: 'fullAdmin',
    scopes: [...scopes],
    sites: null,
    email: null,
    now: Date.now(),
    expiresAt: null,
  })
}
