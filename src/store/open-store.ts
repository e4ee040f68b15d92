import { resolve } from 'node:path'
import { meansPostgres } from './postgres/read-settings.ts'
import { openSqliteStore, openThrowawayStore } from './sqlite/sqlite-store.ts'
import type { Purpose, Store } from './store.ts'
import { StoreError } from './store-error.ts'

/**
 * Opens the database at a URL and migrates it to this version's tables.
 *
 * `sqlite:path/to/file`, `sqlite::memory:` for one that is gone when the store closes, or
 * `postgres://user@host:5432/database` or `host=… dbname=…`, as PostgreSQL's own clients take them.
 *
 * @throws StoreError with one sentence that says what to do.
 */
export async function openStore(url: string, purpose: Purpose = 'calls'): Promise<Store> {
  if (url === 'sqlite::memory:') return openThrowawayStore()
  if (url.startsWith('sqlite:'))
    return openSqliteStore(resolve(url.slice('sqlite:'.length).replace(/^\/\//, '')), purpose)
  if (meansPostgres(url)) {
    const { openPostgresStore } = await import('./postgres/postgres-store.ts')
    return openPostgresStore(url, purpose)
  }
  const scheme = JSON.stringify(schemeOf(url))
  throw new StoreError(`Cannot tell what database ${scheme} means; give sqlite:PATH or postgres://USER@HOST/DATABASE.`)
}

/** The part of a URL that may be shown: the rest could hold a password. */
function schemeOf(url: string): string {
  return url.includes(':') ? `${url.slice(0, url.indexOf(':'))}:…` : url
}
