import { randomUUID } from 'node:crypto'
import Table from 'cli-table3'
import { UserError } from '../../errors.ts'
import { hashToken, madeWith, makeToken, listTokens as readTokens, type Token } from '../../store/access/tokens.ts'
import { findSite } from '../../store/sites/sites.ts'
import type { Role, Scope } from '../../wire/access.ts'
import { commandLineActor, type StoreOptions, withStore } from '../options/local-store.ts'

interface CreateOptions extends StoreOptions {
  role: Role
  scope?: Scope[] | undefined
  site?: string[] | undefined
  email?: string | undefined
  expires?: number | undefined
  json?: true | undefined
}

export async function createToken(name: string, options: CreateOptions): Promise<void> {
  const { role, scope, site: sites = null, email = null, expires = null } = options
  if (scope === undefined) throw new UserError('Say what the token may do with --scope; --scope all is everything.')
  if (/[\p{Cc}\p{Cs}]/u.test(name) || name.trim() === '')
    throw new UserError('Give the token a name that can be shown.')
  const actor = commandLineActor()
  const token = makeToken()
  const tokenId = randomUUID()
  await withStore(options, async store => {
    for (const url of sites ?? []) {
      if ((await findSite(store.db, url)) === undefined) {
        throw new UserError(`There is no site ${url}; see roomkey sites list.`)
      }
    }
    const issued = {
      tokenId,
      hash: hashToken(token),
      name,
      role,
      scopes: scope,
      sites,
      email,
      now: actor.now,
      expiresAt: expires,
      madeBy: actor.tokenId,
    }
    await store.write('issueToken', { ...actor, issued })
  })
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ id: tokenId, token })}\n`
      : `${token}\n\nThis is the only time that it is shown. Revoke it with roomkey token revoke ${tokenId.slice(0, 8)}.\n`,
  )
}

export async function listTokens(options: StoreOptions & { json?: true | undefined }): Promise<void> {
  const tokens = await withStore(options, ({ db }) => readTokens(db))
  const shown = tokens.map(({ hash: _secret, ...token }) => token)
  process.stdout.write(options.json ? `${JSON.stringify(shown, null, 2)}\n` : renderTokens(tokens, Date.now()))
}

export function renderTokens(tokens: Token[], now: number): string {
  const table = new Table({ style: { head: [], border: [] }, head: ['id', 'name', 'role', 'sites', 'scopes', 'until'] })
  for (const token of tokens) {
    const sites = token.sites?.replaceAll(' ', '\n') ?? 'all'
    table.push([
      token.token_id.slice(0, 8),
      token.name,
      token.role,
      sites,
      token.scopes.replaceAll(' ', '\n'),
      untilOf(token, now),
    ])
  }
  return `${table.toString()}\n`
}

function untilOf({ revoked_at, expires_at }: Token, now: number): string {
  if (revoked_at !== null) return 'revoked'
  if (expires_at === null) return ''
  return expires_at <= now ? 'expired' : new Date(expires_at).toISOString().slice(0, 10)
}

export async function revokeToken(id: string, options: StoreOptions & { made?: true | undefined }): Promise<void> {
  const withMade = options.made === true
  const { token, made } = await withStore(options, async store => {
    const all = await readTokens(store.db)
    const found = all.filter(token => token.token_id.startsWith(id))
    const [token] = found
    if (token === undefined) throw new UserError(`There is no token ${id}; see roomkey token list.`)
    if (found.length > 1) throw new UserError(`Several tokens begin with ${id}; give more of its ID.`)
    const made = madeWith(all, token.token_id).filter(each => untilOf(each, Date.now()) !== 'revoked')
    await store.write('endToken', { ...commandLineActor(), ended: token.token_id, withMade })
    return { token, made }
  })
  const names = made.map(({ name, token_id }) => `${name} (${token_id.slice(0, 8)})`).join(', ')
  const lines = [`${token.name} (${token.token_id.slice(0, 8)}) is revoked.`]
  if (made.length > 0 && withMade) lines.push(`So are the tokens made with it: ${names}.`)
  if (made.length > 0 && !withMade) {
    lines.push(
      `The tokens made with it still work: ${names}.`,
      `Revoke them, too, with roomkey token revoke ${token.token_id.slice(0, 8)} --made.`,
    )
  }
  process.stdout.write(`${lines.join('\n')}\n`)
}
