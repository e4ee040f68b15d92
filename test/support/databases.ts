/** Databases on a PostgreSQL server for tests: created in an instant as copies of a migrated one. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { expectNoSecretInDatabase } from '../../devtools/secrets.ts'

/** A new database on that server; `like` names one to copy. */
export async function createDatabase(
  serverUrl: string,
  like?: string,
): Promise<{ url: string; remove(): Promise<void> }> {
  const name = `roomkey_test_${randomBytes(6).toString('hex')}`
  await command(serverUrl, `create database ${name} ${like === undefined ? '' : `template ${like}`}`)
  const url = withDatabase(serverUrl, name)
  return {
    url,
    async remove() {
      await expectNoSecretInDatabase(url)
      await command(serverUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

export function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

export function nameOf(url: string): string {
  return new URL(url).pathname.slice(1)
}

/** Runs statements on a connection of its own. */
export async function command(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
